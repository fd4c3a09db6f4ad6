"""What is worth a closer look, the most promising first: the most points each could get, without sentences or gates.

What can be told of many at once is told here, from the indices and without touching a listing; gates and sentences are
for the few that may stand in the list. The points promised are never fewer than the score's, so that nothing better is
passed over (``test_no_pair_scores_more_than_was_promised``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from matching.pairing.listings import Wanted
from matching.pairing.score import share_of
from matching.pairing.scorers.direction import PRODUCT_BY_HOPS, SEGMENT_BY_HOPS
from matching.pairing.scorers.identity import KIN, SAME, SEGMENT, kinship
from matching.pairing.weights import FEATURES, MARKER, PRIOR

if TYPE_CHECKING:
    from matching.learning.links import Floats
    from matching.pairing.context import Path
    from matching.pairing.market import Market
    from matching.pairing.places import Index, Positions
    from matching.pairing.recall import Question

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Prospects:
    """Positions that may be relevant, by ``points``, the most first, each with its cosines.

    ``points`` are hundredths, ``values`` the most each feature can be: positions × features. Cosines are None where
    nothing could be compared.
    """

    positions: Positions
    points: npt.NDArray[np.int64]
    values: Floats
    similarity: Floats | None
    alike: Floats | None
    bought: Floats | None
    meant: Floats | None


def prospects(question: Question, market: Market, positions: Positions, threshold: float = 0.0) -> Prospects:
    """Put what was recalled and can reach the threshold of relevance in order of what it could score."""
    compared = (question.similarity, question.alike, question.bought, question.meant)
    text, alike, bought, meant = (one.at(positions) for one in compared)
    values = {
        "identity": _identity(question, market, positions),
        "direction": _direction(question, market)[positions],
        "shared_buyers": _shared_buyers(question, market)[positions],
        "text": _known(text, positions),
        "meaning": _known(meant, positions),
        "learned": np.maximum(_known(alike, positions), _known(bought, positions)),
        MARKER: np.full(len(positions), 1.0 if _buyer_known(question) else np.nan),
    }
    numbers = np.stack([values[name] for name in FEATURES], axis=-1).astype(np.float32)
    points = market.weights.points(numbers).sum(axis=1)
    relevance = points if market.weights is PRIOR else PRIOR.points(numbers).sum(axis=1)
    kept = np.flatnonzero(relevance / 100 >= threshold)
    order = kept[np.argsort(-points[kept], kind="stable")]
    cosines = (one if one is None else one[order] for one in (text, alike, bought, meant))
    return Prospects(positions[order], points[order], numbers[order], *cosines)


def _buyer_known(question: Question) -> bool:
    """Where an offer asks, nothing is known yet around the needs."""
    return question.wanted.party is not None and question.context.buyer_inputs_known


def _known(values: Floats | None, positions: Positions) -> Values:
    return np.zeros(len(positions)) if values is None else values.astype(np.float64)


def _marked(market: Market, *marks: tuple[Index, Mapping[str, float]]) -> Values:
    """For every listing the largest value of what it stands under."""
    found = np.zeros(len(market.offers))
    for index, values in marks:
        for key, value in values.items():
            if key in index:
                at = index[key]
                found[at] = np.maximum(found[at], value)
    return found


def _identity(question: Question, market: Market, positions: Positions) -> Values:
    """By products and segments, and by the ends of the names."""
    places = market.places
    kin = {id_: KIN[path.relation] for id_, path in question.context.related.items() if path.relation in KIN}
    marked = _marked(
        market,
        (places.by_segment, dict.fromkeys(question.asked.segments, SEGMENT)),
        (places.by_product, kin),
        (places.by_product, dict.fromkeys(question.asked.products, SAME)),
    )[positions]
    codes, owner = places.named(positions)
    kinships = np.zeros(len(places.names))
    for code in places.ending(question.asked.cores, np.unique(codes)).tolist():
        kinships[code] = _kinship(question, places.names[code], market)
    np.maximum.at(marked, owner, kinships[codes])
    if isinstance(question.wanted, Wanted):
        shares = np.full(len(positions), share_of(question.wanted))
    else:
        shares = np.array([share_of(market.offers[at]) for at in positions.tolist()], dtype=float)
    found: Values = marked * shares
    return found


def _kinship(question: Question, name: str, market: Market) -> float:
    own = question.asked.cores
    ways = ((one, name) for one in own) if isinstance(question.wanted, Wanted) else ((name, one) for one in own)
    return max((kinship(asked, given, market.lexicon) for asked, given in ways), default=0.0)


def _direction(question: Question, market: Market) -> Values:
    context, places = question.context, market.places
    if question.wanted.party is None:
        return np.zeros(len(market.offers))
    return _marked(
        market,
        (places.by_segment, _by_hops(context.feeding, SEGMENT_BY_HOPS)),
        (places.by_kind, _by_hops(context.inputs, PRODUCT_BY_HOPS, further=1)),
        (places.by_product, _by_hops(context.inputs, PRODUCT_BY_HOPS)),
    )


def _by_hops(paths: Mapping[str, Path], worth: Mapping[int, float], further: int = 0) -> dict[str, float]:
    return {key: worth.get(path.hops + further, 0.0) for key, path in paths.items()}


def _shared_buyers(question: Question, market: Market) -> Values:
    shared = question.context.shared_buyers
    return _marked(market, (market.places.by_firm, {firm: 1 - 0.5**one.count for firm, one in shared.items()}))
