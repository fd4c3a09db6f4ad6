"""One need beside one offer, with all that gates and scorers may look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from graph.model import PairSide
from matching.pairing.context import Context
from matching.pairing.listings import Offered, Wanted
from matching.pairing.opinion import Opinion
from matching.pairing.subject import Subject

if TYPE_CHECKING:
    from matching.pairing.reach import Reach


@dataclass(frozen=True)
class Meaning:
    """What the words of a listing come to: its subjects, their products and the segments they belong to.

    ``products`` are the tags its title does not show to be modifiers, and the ids products of its subjects' names
    have or would have; ``wider`` such ids of the names' ends: of what the subjects are kinds of.
    """

    subjects: tuple[Subject, ...] = ()
    products: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()

    @property
    def cores(self) -> tuple[str, ...]:
        """Names of the subjects."""
        return tuple(item.core for item in self.subjects)


@dataclass(frozen=True)
class Pair:
    """A need and an offer. ``similarity`` is the texts' cosine, None when it could not be taken.

    ``alike`` and ``bought`` are the encoder's cosines of the offer with what is wanted and with what the buyer makes;
    ``meant`` is the cosine of both texts by a general encoder, where one is in use;
    ``lexicon`` holds the words of the trade: names of products and terms of segments; ``asks`` is the side whose list
    this is, ``opinion`` what it said of earlier pairs; ``reach`` how far away who is found may work (None: anywhere).
    """

    wanted: Wanted
    offered: Offered
    today: date
    context: Context = field(default_factory=Context)
    asked: Meaning = field(default_factory=Meaning)
    given: Meaning = field(default_factory=Meaning)
    similarity: float | None = None
    alike: float | None = None
    bought: float | None = None
    meant: float | None = None
    lexicon: Collection[str] = frozenset()
    segment_names: Mapping[str, str] = field(default_factory=dict)
    opinion: Opinion = field(default_factory=Opinion)
    asks: PairSide = PairSide.BUYER
    reach: Reach | None = None
