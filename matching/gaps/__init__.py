"""Gaps of the chains: what is missing, at risk or weak, how sure we are, and what to do next.

``fetch(store, today)`` loads the facts, ``assess(facts, today)`` makes the board; everything between is pure. To add a
measure, write a file with one public function from a view to figures, name formula and source in its docstring, and
add it to ``measures``; the tests run over the lists there.
"""

from matching.gaps.board import Board, ChainSummary, SegmentAssessment, assess
from matching.gaps.classify import CLASS_TITLES, GAPS, GapClass
from matching.gaps.facts import Facts
from matching.gaps.fetch import fetch
from matching.gaps.figure import Figure
from matching.gaps.measures import CHAIN_MEASURES, MEASURE_TITLES, SEGMENT_MEASURES
from matching.gaps.priority import PART_TITLES, Priority
from matching.gaps.rings import RING_TITLES, Ring
from matching.gaps.router import STEP_TITLES, NextStep, StepKind
from matching.gaps.settings import ALL, SETTINGS, Settings
from matching.gaps.thresholds import Thresholds, Weights

__all__ = [
    "ALL",
    "CHAIN_MEASURES",
    "CLASS_TITLES",
    "GAPS",
    "MEASURE_TITLES",
    "PART_TITLES",
    "RING_TITLES",
    "SEGMENT_MEASURES",
    "SETTINGS",
    "STEP_TITLES",
    "Board",
    "ChainSummary",
    "Facts",
    "Figure",
    "GapClass",
    "NextStep",
    "Priority",
    "Ring",
    "SegmentAssessment",
    "Settings",
    "StepKind",
    "Thresholds",
    "Weights",
    "assess",
    "fetch",
]
