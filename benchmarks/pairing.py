"""One query and 5,000 queries against 100,000 listings, in processor time, with one thread for products of matrices.

``python -m benchmarks.pairing [NEEDS]``: 5,000 where no number is given, a few minutes on a quiet machine.

The listings are made up; the encoder is the one that comes with the package. One query is held against a product of a
vector and a matrix and a partial sort of the same size, with 10 ms for the graph's paths, gates and sentences. All
queries are held against the blocked product alone and the scoring of what recall found, by the same code.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Callable, Iterable
from itertools import islice
from statistics import median
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from api.pairing import SHIPPED
from benchmarks.harness import Result
from benchmarks.made_up_listings import TODAY, MadeUp, make_up
from matching.learning.encoder import load
from matching.pairing import Market, match
from matching.pairing.look import look
from matching.pairing.match import TOGETHER, Asking, match_all, questions
from matching.pairing.rank import rank
from matching.pairing.recall import Question, Recalled, recall
from matching.pairing.score import THRESHOLD

OFFERS, NEEDS = 100_000, 5_000
SINGLE, TOP = 100, 20
SECONDS_BESIDE = 0.010
LIMIT = 1.5


def _spent(work: Callable[..., Any], *given: Any) -> tuple[float, Any]:
    started = time.process_time()
    found = work(*given)
    return time.process_time() - started, found


def _search(vectors: Any, asked: Any) -> Any:
    return np.argpartition(vectors @ asked, -TOP)[-TOP:]


def _single(made_up: MadeUp, market: Market) -> Result:
    vectors = market.learned.vectors
    assert vectors is not None
    asked = np.random.default_rng(0).normal(size=(SINGLE, vectors.shape[1])).astype(np.float32)
    reference = [_spent(_search, vectors, one)[0] for one in asked]
    ours = [_spent(match, need, market, around, TODAY)[0] for need, around in made_up.needs[:SINGLE]]
    held_against = median(reference) + SECONDS_BESIDE / LIMIT
    note = f"{OFFERS:,} listings; product and sort {median(reference) * 1000:.1f} ms, median of {SINGLE}"
    return Result("one query / product and partial sort, + 10 ms", median(ours), held_against, limit=LIMIT, note=note)


def _score(found: Iterable[tuple[Question, Recalled]], market: Market) -> int:
    candidates = 0
    for question, recalled in found:
        seen = look(question, market, recalled, TODAY, around=None, limit=TOP, threshold=THRESHOLD)
        candidates += len(rank(seen, len(market.offers), threshold=THRESHOLD, limit=TOP).candidates)
    return candidates


def _all(made_up: MadeUp, market: Market) -> Result:
    """The reference scores block by block, as ours does, so that neither holds everything in memory."""
    vectors = market.learned.vectors
    assert vectors is not None
    asked = [Asking(need, around) for need, around in made_up.needs]
    ours, found = _spent(lambda: sum(len(one.candidates) for one in match_all(asked, market, TODAY, limit=TOP)))
    drawn = np.random.default_rng(1).normal(size=(TOGETHER, vectors.shape[1])).astype(np.float32)
    product = scoring = 0.0
    rest, same = iter(asked), 0
    while block := list(islice(rest, TOGETHER)):
        product += _spent(np.matmul, drawn[: len(block)], vectors.T)[0]
        recalled = [(one, recall(one, market)) for one in questions(block, market)]
        seconds, candidates = _spent(_score, recalled, market)
        scoring, same = scoring + seconds, same + candidates
    assert same == found, "the reference scores what ours scores"
    note = f"{len(asked):,} × {OFFERS:,}, top {TOP}: {found:,} found; product {product:.1f} s, scoring {scoring:.1f} s"
    return Result("all queries / blocked product + scoring", ours, product + scoring, limit=LIMIT, note=note)


def run(needs: int = NEEDS) -> list[Result]:
    """Measure both on the same listings."""
    made_up = make_up(OFFERS, needs)
    market = Market(made_up.offers, made_up.segments, 1, load(SHIPPED)).prepare()
    gc.collect()
    gc.freeze()
    try:
        with threadpool_limits(1):
            match(made_up.needs[0][0], market, made_up.needs[0][1], TODAY)
            return [_single(made_up, market), _all(made_up, market)]
    finally:
        gc.unfreeze()


def main() -> int:
    """Print both ratios."""
    results = run(int(sys.argv[1]) if len(sys.argv) > 1 else NEEDS)
    for one in results:
        print(f"{one.name}: {one.ours:.4f} / {one.reference:.4f} = {one.ratio:.2f}, limit {one.limit:g}; {one.note}")
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0 if all(one.ok for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
