"""The whole way: encode → recall → gate → score → rank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from graph.errors import EmptyQuery
from graph.ids import make_id
from graph.messages import N_, Message
from graph.model import PairSide, Product
from matching.pairing.context import Context
from matching.pairing.gates import judge
from matching.pairing.listings import Listing, Offered, Terms, Wanted
from matching.pairing.market import Market
from matching.pairing.opinion import Opinion
from matching.pairing.pair import Meaning, Pair
from matching.pairing.rank import rank
from matching.pairing.recall import Question, recall
from matching.pairing.result import Candidate, Result
from matching.pairing.score import THRESHOLD, score
from matching.pairing.subject import things

Around = Callable[[Wanted], Context]
Found = tuple[Pair, tuple[str, ...]]
SHORTLIST = 40  # needs whose surroundings are read where an offer asks


def understand(listing: Terms, market: Market) -> Meaning:
    """What the words of a listing come to."""
    subjects = things(listing.name, listing.product_names)
    derived = [make_id(Product.PREFIX, item.core) for item in subjects]
    products = tuple(dict.fromkeys([*listing.meant_products, *derived]))
    return Meaning(subjects, products, market.segments_of(listing))


def match(
    asking: Listing,
    market: Market,
    context: Context,
    today: date,
    *,
    opinion: Opinion | None = None,
    around: Around | None = None,
    limit: int = 10,
    threshold: float = THRESHOLD,
) -> Result:
    """Return the listings that answer one, best first, and those that miss by one thing.

    A need asks for offers, an offer for needs; the pair and its score are the same either way. ``context`` is the graph
    around a need that asks; where an offer asks, ``around`` gives that of each need on the shortlist.
    Over many offers the work is one product of a sparse vector and a matrix; gates and scorers see what was recalled.

    Raises:
        EmptyQuery: when what asks has no word.
    """
    if not asking.words.strip():
        raise EmptyQuery()
    meaning = understand(asking, market)
    question = Question(
        asking,
        context,
        meaning,
        market.text.similarity(asking.words),
        market.learned.alike([item.core for item in meaning.subjects]),
        market.learned.bought(context.made),
    )
    view = opinion or Opinion()
    found = [
        (_pair(question, market, position, today, view), origin)
        for position, origin in recall(question, market).items()
    ]
    if around is not None:
        found = _shortlist(found, market, around)
    judged = [
        Candidate(
            pair.offered, score(pair), judge(pair), origin, wanted=pair.wanted if isinstance(asking, Offered) else None
        )
        for pair, origin in found
    ]
    ranking = rank(judged, len(market.offers), threshold=threshold, limit=limit)
    return Result(
        wanted=asking,
        today=today,
        revision=market.revision,
        candidates=ranking.candidates,
        near_misses=ranking.near_misses,
        counts=ranking.counts,
        fell_at=ranking.fell_at,
        unknowns=ranking.unknowns,
        unchecked=unstated(asking) if isinstance(asking, Wanted) and asking.kind == "Need" else (),
    )


def _pair(question: Question, market: Market, position: int, today: date, view: Opinion) -> Pair:
    """What asks beside what was found at a position, whichever of the two is the need."""
    asking, found = question.wanted, market.offers[position]
    meanings = question.asked, understand(found, market)
    if isinstance(asking, Wanted) and isinstance(found, Offered):
        wanted, offered, side = asking, found, PairSide.BUYER
    elif isinstance(asking, Offered) and isinstance(found, Wanted):
        wanted, offered, side = found, asking, PairSide.SELLER
        meanings = meanings[1], meanings[0]
    else:
        raise TypeError(f"{asking.kind} asks for {found.kind}")
    return Pair(
        wanted=wanted,
        offered=offered,
        today=today,
        context=question.context,
        asked=meanings[0],
        given=meanings[1],
        similarity=question.similarity.of(position),
        alike=question.alike.of(position),
        bought=question.bought.of(position),
        lexicon=market.lexicon,
        segment_names=market.segment_names,
        opinion=view,
        asks=side,
    )


def _shortlist(found: list[Found], market: Market, around: Around) -> list[Found]:
    """The pairs that are best before the graph around their needs is known, with that graph."""
    best = sorted(found, key=lambda one: (-sum(part.points for part in score(one[0])), one[0].wanted.id))
    known = []
    for pair, origin in best[:SHORTLIST]:
        context = around(pair.wanted)
        bought = market.learned.likely(context.made, [item.core for item in pair.given.subjects])
        known.append((replace(pair, context=context, bought=bought), origin))
    return known + best[SHORTLIST:]


def unstated(wanted: Wanted) -> tuple[Message, ...]:
    """What the need does not say, so that no gate could look at it."""
    said = {
        N_("需求未写明需方，没有核对集团关系与现有供应商"): wanted.party is not None,
        N_("需求未写技术指标，没有核对指标"): bool(wanted.limits or wanted.unread_limits),
        N_("需求未写数量，没有核对产能"): wanted.quantity is not None,
        N_("需求未写交期，没有核对交期"): wanted.lead_time_days is not None,
    }
    return tuple(Message(sentence) for sentence, stated in said.items() if not stated)
