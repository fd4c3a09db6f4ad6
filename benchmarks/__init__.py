"""What is fast, as ratios against something fixed in the same run. ``python -m benchmarks`` runs them all."""
