"""One firm, one node: which rows of two lists are the same firm, why, and when a person has to say so.

``resolve`` takes two lists of :class:`Firm`: candidates → comparison → score (prior + parts) → rivals → zone.
"""

from __future__ import annotations

from loaders.resolution.evaluation import Evaluation, Quality, Share, evaluate
from loaders.resolution.files import read_firms, read_truth
from loaders.resolution.records import Firm
from loaders.resolution.resolve import Decision, Resolution, resolve
from loaders.resolution.score import Scored
from loaders.resolution.zones import DEFAULT, Thresholds, Veto, Zone

__all__ = [
    "DEFAULT",
    "Decision",
    "Evaluation",
    "Firm",
    "Quality",
    "Resolution",
    "Scored",
    "Share",
    "Thresholds",
    "Veto",
    "Zone",
    "evaluate",
    "read_firms",
    "read_truth",
    "resolve",
]
