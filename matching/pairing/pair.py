"""One need beside one offer, with all that gates and scorers may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from matching.pairing.context import Context
from matching.pairing.listings import Offered, Wanted
from matching.pairing.subject import Subject


@dataclass(frozen=True)
class Meaning:
    """What the words of a listing come to: its subjects and the segments they belong to."""

    subjects: tuple[Subject, ...] = ()
    segments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A need and an offer. ``similarity`` is the texts' cosine, None when it could not be taken.

    ``lexicon`` holds those of their shared name ends that are words of the trade by themselves.
    """

    wanted: Wanted
    offered: Offered
    today: date
    context: Context = field(default_factory=Context)
    asked: Meaning = field(default_factory=Meaning)
    given: Meaning = field(default_factory=Meaning)
    similarity: float | None = None
    lexicon: frozenset[str] = frozenset()
    segment_names: Mapping[str, str] = field(default_factory=dict)
