"""A closer look at the most promising: pairs with all their parts and verdicts, until no other can enter the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from graph.model import PairSide
from matching.pairing.context import Context
from matching.pairing.gates import judge
from matching.pairing.listings import Offered, Wanted
from matching.pairing.pair import Pair
from matching.pairing.prospects import Prospects, prospects
from matching.pairing.rank import Look, one_a_firm, presentable
from matching.pairing.result import Candidate
from matching.pairing.score import Score, score

if TYPE_CHECKING:
    from matching.pairing.market import Market
    from matching.pairing.recall import Question, Recalled

Around = Callable[[Wanted], Context]
AT_ONCE = 10  # pairs
SURROUNDED = 40  # needs the graph around which is read, where an offer asks


def look(
    question: Question,
    market: Market,
    recalled: Recalled,
    today: date,
    *,
    around: Around | None,
    limit: int,
    threshold: float,
) -> Look:
    """Look at what was recalled until the list of ``limit`` firms is full and nothing left could enter it."""
    found = prospects(question, market, recalled.positions, threshold)
    worth = len(found.positions)
    seen: list[Candidate] = []
    surrounded = 0 if around is None else SURROUNDED
    for start in range(0, worth, AT_ONCE):
        if start >= max(surrounded, 1) and _full(seen, limit, int(found.points[start]), threshold):
            break
        places = range(start, min(start + AT_ONCE, worth))
        pairs = [pair_of(question, market, found, place, today) for place in places]
        if around is not None and start < SURROUNDED:
            pairs = [_surrounded(pair, market, around) for pair in pairs]
        positions = found.positions[start : places.stop].tolist()
        scored = zip(pairs, score(pairs, market.weights), positions, strict=True)
        seen += [_candidate(pair, own, question, recalled.by(at)) for pair, own, at in scored]
    return Look(tuple(seen), below=len(recalled.positions) - worth, beyond=worth - len(seen))


def _full(seen: list[Candidate], limit: int, promised: int, threshold: float) -> bool:
    """Whether so many firms that will be listed have more points than what comes next can have."""
    firms = one_a_firm(presentable(seen, threshold))
    return sum(not one.failed and one.points > promised for one in firms) >= limit


def _candidate(pair: Pair, own: Score, question: Question, by: tuple[str, ...]) -> Candidate:
    wanted = pair.wanted if isinstance(question.wanted, Offered) else None
    return Candidate(pair.offered, own, judge(pair), by, wanted=wanted)


def pair_of(question: Question, market: Market, found: Prospects, place: int, today: date) -> Pair:
    """What asks beside what was found, whichever of the two is the need."""
    position = int(found.positions[place])
    asking, given = question.wanted, market.offers[position]
    meanings = question.asked, market.meanings[position]
    if isinstance(asking, Wanted) and isinstance(given, Offered):
        wanted, offered, side = asking, given, PairSide.BUYER
    elif isinstance(asking, Offered) and isinstance(given, Wanted):
        wanted, offered, side = given, asking, PairSide.SELLER
        meanings = meanings[1], meanings[0]
    else:
        raise TypeError(f"{asking.kind} asks for {given.kind}")
    return Pair(
        wanted=wanted,
        offered=offered,
        today=today,
        context=question.context,
        asked=meanings[0],
        given=meanings[1],
        similarity=None if found.similarity is None else float(found.similarity[place]),
        alike=None if found.alike is None else float(found.alike[place]),
        bought=None if found.bought is None else float(found.bought[place]),
        meant=None if found.meant is None else float(found.meant[place]),
        lexicon=market.lexicon,
        segment_names=market.segment_names,
        opinion=question.opinion,
        asks=side,
        reach=question.reach,
    )


def _surrounded(pair: Pair, market: Market, around: Around) -> Pair:
    """The pair with the graph around its need."""
    context = around(pair.wanted)
    return replace(pair, context=context, bought=market.learned.likely(context.made, pair.given.cores))
