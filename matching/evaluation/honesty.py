"""How honest the gap board stays when part of what is known is taken away from it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from graph.model import LinkState
from matching.gaps import Facts, GapClass, SegmentAssessment, assess

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One share of the links hidden, averaged over rounds.

    ``covered`` segments have a confirmed firm in truth; ``emptied`` of them lost all. ``kept`` is the part of the
    covered ones not called missing; ``lowest`` the least of any round. ``blind``: those who searched overlooked the
    hidden firms as well, so that nothing at all speaks against the false claim.
    """

    share: float
    blind: bool
    covered: int
    emptied: float
    kept: float
    lowest: float


def hide(facts: Facts, share: float, seed: int, *, blind: bool) -> Facts:
    """Take away each confirmed pair of firm and segment with probability ``share``, from every source that states it.

    What would give the pair away goes too: that the firm makes products of the segment. With ``blind`` the searches
    found that many firms fewer.
    """
    rng = random.Random(seed)  # noqa: S311  a repeatable draw, no secret
    pairs = sorted({(fact.firm, fact.segment) for fact in facts.links if fact.state is LinkState.CONFIRMED})
    hidden = {pair for pair in pairs if rng.random() < share}
    unseen = Counter(segment for _, segment in hidden) if blind else Counter[str]()
    return replace(
        facts,
        links=tuple(fact for fact in facts.links if (fact.firm, fact.segment) not in hidden),
        makers=tuple(fact for fact in facts.makers if (fact.firm, fact.segment) not in hidden),
        searches=tuple(replace(fact, found=max(0, fact.found - unseen[fact.segment])) for fact in facts.searches),
    )


def honesty(facts: Facts, today: date, shares: Iterable[float] = SHARES, rounds: int = ROUNDS) -> list[Point]:
    """Return the curve, twice: with searches that know the truth, and with blind ones. Seeds are 0 … rounds-1."""
    covered = [found.segment.id for found in assess(facts, today).segments if found.confirmed]
    if not covered:
        return []
    curve = []
    for blind in (False, True):
        for share in shares:
            boards = [assess(hide(facts, share, seed, blind=blind), today).by_segment for seed in range(rounds)]
            kept = [_kept([board[k] for k in covered]) for board in boards]
            emptied = sum(not board[k].confirmed for board in boards for k in covered) / rounds
            curve.append(Point(share, blind, len(covered), emptied, sum(kept) / rounds, min(kept)))
    return curve


def _kept(found: list[SegmentAssessment]) -> float:
    return sum(one.gap_class is not GapClass.MISSING for one in found) / len(found)
