"""The whole way: encode → recall → order by promise → gate and score → rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from graph.errors import EmptyQuery
from graph.messages import N_, Message
from matching.pairing.context import Context
from matching.pairing.listings import Listing, Wanted
from matching.pairing.look import Around, look
from matching.pairing.market import Market
from matching.pairing.opinion import Opinion
from matching.pairing.rank import rank
from matching.pairing.recall import LIMIT, Question, Recalled, proposed, recall
from matching.pairing.result import Candidate, Result
from matching.pairing.score import THRESHOLD

if TYPE_CHECKING:
    from matching.pairing.reach import Reach

WIDER = 4  # so much more is recalled where a ring leaves most of it out
TOGETHER = 64  # listings whose vectors are compared in one product: bounds the memory


@dataclass(frozen=True)
class Asking:
    """What asks, the graph around it when it is a need, what its side said of earlier proposals, how far it looks."""

    listing: Listing
    context: Context = field(default_factory=Context)
    opinion: Opinion = field(default_factory=Opinion)
    reach: Reach | None = None


def match(
    asking: Listing,
    market: Market,
    context: Context,
    today: date,
    *,
    opinion: Opinion | None = None,
    reach: Reach | None = None,
    around: Around | None = None,
    limit: int = 10,
    threshold: float = THRESHOLD,
) -> Result:
    """Return the listings that answer one, best first, and those that miss by one thing.

    A need asks for offers, an offer for needs; the pair and its score are the same either way. ``context`` is the graph
    around a need that asks; where an offer asks, ``around`` gives that of the most promising needs.

    Raises:
        EmptyQuery: when what asks has no word.
    """
    one = Asking(asking, context, opinion or Opinion(), reach)
    return next(match_all([one], market, today, around=around, limit=limit, threshold=threshold))


def match_all(
    asking: Iterable[Asking],
    market: Market,
    today: date,
    *,
    around: Around | None = None,
    limit: int = 10,
    threshold: float = THRESHOLD,
) -> Iterator[Result]:
    """Answer many, in their order, a block of them compared at once; each gets what ``match`` would give it.

    Raises:
        EmptyQuery: when one of them has no word.
    """
    rest = iter(asking)
    while block := list(islice(rest, TOGETHER)):
        for question in questions(block, market):
            recalled = recall(question, market, LIMIT * WIDER if question.reach else LIMIT)
            seen = look(question, market, recalled, today, around=around, limit=limit, threshold=threshold)
            ranking = rank(seen, len(market.offers), threshold=threshold, limit=limit)
            told = partial(_told, question, market, recalled)
            yield Result(
                wanted=question.wanted,
                today=today,
                revision=market.revision,
                candidates=tuple(map(told, ranking.candidates)),
                near_misses=tuple(map(told, ranking.near_misses)),
                counts=ranking.counts,
                fell_at=ranking.fell_at,
                unknowns=ranking.unknowns,
                unchecked=unstated(question.wanted),
                ring=question.reach.ring if question.reach else None,
                basis=market.weights.basis,
            )


def _told(question: Question, market: Market, recalled: Recalled, candidate: Candidate) -> Candidate:
    """A candidate that is shown, with why it was proposed."""
    position = market.positions[candidate.found.id]
    return replace(candidate, proposed=proposed(question, market, recalled, position))


def questions(block: Sequence[Asking], market: Market) -> Iterator[Question]:
    """What asks, made ready for comparing: texts and vectors of all of them in one product each.

    Raises:
        EmptyQuery: when one of them has no word.
    """
    if not all(one.listing.words.strip() for one in block):
        raise EmptyQuery()
    meanings = [market.meaning(one.listing) for one in block]
    texts = market.text.similarities([one.listing.words for one in block])
    learned = market.learned.compare(
        [(meaning.cores, one.context.made) for one, meaning in zip(block, meanings, strict=True)]
    )
    meant = market.meant.compare([one.listing.words for one in block])
    for one, meaning, text, (alike, bought), like in zip(block, meanings, texts, learned, meant, strict=True):
        yield Question(one.listing, one.context, meaning, text, alike, bought, like, one.opinion, one.reach)


def unstated(asking: Listing) -> tuple[Message, ...]:
    """What a need does not say, so that no gate could look at it."""
    if not isinstance(asking, Wanted) or asking.kind != "Need":
        return ()
    said = {
        N_("需求未写明需方，没有核对集团关系与现有供应商"): asking.party is not None,
        N_("需求未写技术指标，没有核对指标"): bool(asking.limits or asking.unread_limits),
        N_("需求未写数量，没有核对产能"): asking.quantity is not None,
        N_("需求未写交期，没有核对交期"): asking.lead_time_days is not None,
    }
    return tuple(Message(sentence) for sentence, stated in said.items() if not stated)
