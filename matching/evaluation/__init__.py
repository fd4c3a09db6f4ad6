"""Measuring the matcher: filtered ranks, intervals, known baselines, one protocol for every task."""
