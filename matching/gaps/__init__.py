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
from matching.gaps.leaders import HIT_TITLES, HURT, Hit, LeaderImpact
from matching.gaps.losses import FirmLoss, Losses, losses
from matching.gaps.measures import CHAIN_MEASURES, MEASURE_TITLES, SEGMENT_MEASURES
from matching.gaps.network import Network
from matching.gaps.priority import PART_TITLES, Priority
from matching.gaps.removal import REMOVAL_TITLES, Removal, RemovalKind
from matching.gaps.resolve import resolve
from matching.gaps.router import STEP_TITLES, NextStep, StepKind
from matching.gaps.settings import ALL, SETTINGS, Settings
from matching.gaps.sites import SiteFact, fetch_sites
from matching.gaps.substitutes import WAY_TITLES, Substitute, Way
from matching.gaps.thresholds import Thresholds, Weights
from matching.gaps.view import View
from matching.gaps.what_if import EFFECT_TITLES, Effect, Outcome, SegmentImpact, what_if
from matching.rings import RING_TITLES, Ring

__all__ = [
    "ALL",
    "CHAIN_MEASURES",
    "CLASS_TITLES",
    "EFFECT_TITLES",
    "GAPS",
    "HIT_TITLES",
    "HURT",
    "MEASURE_TITLES",
    "PART_TITLES",
    "REMOVAL_TITLES",
    "RING_TITLES",
    "SEGMENT_MEASURES",
    "SETTINGS",
    "STEP_TITLES",
    "WAY_TITLES",
    "Board",
    "ChainSummary",
    "Effect",
    "Facts",
    "Figure",
    "FirmLoss",
    "GapClass",
    "Hit",
    "LeaderImpact",
    "Losses",
    "Network",
    "NextStep",
    "Outcome",
    "Priority",
    "Removal",
    "RemovalKind",
    "Ring",
    "SegmentAssessment",
    "SegmentImpact",
    "Settings",
    "SiteFact",
    "StepKind",
    "Substitute",
    "Thresholds",
    "View",
    "Way",
    "Weights",
    "assess",
    "fetch",
    "fetch_sites",
    "losses",
    "resolve",
    "what_if",
]
