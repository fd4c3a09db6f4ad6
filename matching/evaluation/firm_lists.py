"""How likely a firm is the supplier: learned on lists of firms like those the test asks for.

Products that listed firms make are held out, as those of the test are, and firms are ranked for them. What stands first
in these lists, and how often it was right, gives a curve for products of which something is known and one for new ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from matching.evaluation.reliability import SHOWN
from matching.evaluation.trade import Curve, Trade
from matching.learning.examples import Query
from matching.learning.links import Bools, Doubles, Floats, Ints
from matching.learning.ranker import Ranker

ENOUGH = 25  # lists for a curve of their own


@dataclass(frozen=True)
class FirmChances:
    """From a firm's score to a probability, for known products and for new ones."""

    known: Curve
    new: Curve

    def of(self, scores: Floats, new: Bools) -> Doubles:
        """Queries × firms; ``new`` says of each query whether nothing is known of it."""
        return np.where(new[:, None], self.new.chance(scores), self.known.chance(scores))


@dataclass
class FirmLists:
    """Queries held out, as the lists of firms that a buyer would see."""

    trade: Trade
    seen: list[tuple[Floats, Ints, Ints]] = field(default_factory=list)  # values of made items, answers, known items

    def __post_init__(self) -> None:
        """Only items that somebody makes are looked at."""
        self.items = np.flatnonzero(self.trade.makers)

    def see(self, query: Query) -> None:
        """Keep a query if a firm makes what it asks for, in half precision: there are many."""
        if self.trade.made[query.place]:
            self.seen.append((query.values[self.items].astype(np.float16), query.answers, query.known))

    def chances(self, ranker: Ranker) -> FirmChances:
        """Learn the curves from the first firms of each list."""
        scores: list[Doubles] = []
        right: list[Bools] = []
        new: list[bool] = []
        for kept, answers, known in self.seen:
            values = kept.astype(np.float32)
            items = np.zeros((1, len(self.trade.makers)), dtype=np.float32)
            items[0, self.items] = ranker.score(values)
            firms = self.trade.together(items)[0]
            firms[self._makers(known)] = -np.inf
            first = np.argsort(-firms, kind="stable")[:SHOWN]
            first = first[np.isfinite(firms[first])]
            scores.append(firms[first].astype(np.float64))
            right.append(np.isin(first, self._makers(answers)))
            new.append(bool(ranker.is_new(values)[0]))
        is_new = np.array(new, dtype=np.bool_)
        return FirmChances(*(_curve(scores, right, part) for part in (~is_new, is_new)))

    def _makers(self, items: Ints) -> Ints:
        return np.unique(self.trade.makes.T.tocsr()[items].indices)


def _curve(scores: list[Doubles], right: list[Bools], part: Bools) -> Curve:
    """From lists of one kind if there are enough, otherwise from all."""
    rows = np.flatnonzero(part) if part.sum() >= ENOUGH else np.arange(len(part))
    if not len(rows):
        return Curve(-20.0, 0.0)
    return Curve.fit(*(np.concatenate([lists[row] for row in rows]) for lists in (scores, right)))
