"""The whole way: encode → recall → gate → score → rank."""

from __future__ import annotations

from datetime import date

from graph.errors import EmptyQuery
from graph.ids import make_id
from graph.messages import N_, Message
from graph.model import Product
from matching.pairing.context import Context
from matching.pairing.gates import judge
from matching.pairing.listings import Terms, Wanted
from matching.pairing.market import Market
from matching.pairing.opinion import Opinion
from matching.pairing.pair import Meaning, Pair
from matching.pairing.rank import rank
from matching.pairing.recall import Question, recall
from matching.pairing.result import Candidate, Result
from matching.pairing.score import THRESHOLD, score
from matching.pairing.subject import things


def understand(listing: Terms, market: Market) -> Meaning:
    """What the words of a listing come to."""
    subjects = things(listing.name, listing.product_names)
    derived = [make_id(Product.PREFIX, item.core) for item in subjects]
    products = tuple(dict.fromkeys([*listing.meant_products, *derived]))
    return Meaning(subjects, products, market.segments_of(listing))


def match(
    wanted: Wanted,
    market: Market,
    context: Context,
    today: date,
    *,
    opinion: Opinion | None = None,
    limit: int = 10,
    threshold: float = THRESHOLD,
) -> Result:
    """Return the offers that answer a need, best first, and those that miss by one thing.

    Over many offers the work is one product of a sparse vector and a matrix; gates and scorers see what was recalled.

    Raises:
        EmptyQuery: when the need has no word.
    """
    if not wanted.words.strip():
        raise EmptyQuery()
    asked = understand(wanted, market)
    similarity = market.text.similarity(wanted.words)
    alike = market.learned.alike([item.core for item in asked.subjects])
    bought = market.learned.bought(context.made)
    question = Question(wanted, context, asked, similarity, alike, bought)
    found = []
    for position, origin in recall(question, market).items():
        offered = market.offers[position]
        pair = Pair(
            wanted=wanted,
            offered=offered,
            today=today,
            context=context,
            asked=asked,
            given=understand(offered, market),
            similarity=similarity.of(position),
            alike=alike.of(position),
            bought=bought.of(position),
            lexicon=market.lexicon,
            segment_names=market.segment_names,
            opinion=opinion or Opinion(),
        )
        found.append(Candidate(offered, score(pair), judge(pair), origin))
    ranking = rank(found, len(market.offers), threshold=threshold, limit=limit)
    return Result(
        wanted=wanted,
        today=today,
        revision=market.revision,
        candidates=ranking.candidates,
        near_misses=ranking.near_misses,
        counts=ranking.counts,
        fell_at=ranking.fell_at,
        unknowns=ranking.unknowns,
        unchecked=unstated(wanted),
    )


def unstated(wanted: Wanted) -> tuple[Message, ...]:
    """What the need does not say, so that no gate could look at it."""
    said = {
        N_("需求未写明需方，没有核对集团关系与现有供应商"): wanted.party is not None,
        N_("需求未写技术指标，没有核对指标"): bool(wanted.limits or wanted.unread_limits),
        N_("需求未写数量，没有核对产能"): wanted.quantity is not None,
        N_("需求未写交期，没有核对交期"): wanted.lead_time_days is not None,
    }
    return tuple(Message(sentence) for sentence, stated in said.items() if not stated)
