"""Weights of the score learned from cases, taken only where they do better than the prior on buyers not learned from.

Buyers are dealt into folds; each fold is ranked by what the others taught, beside the prior. The gain's 95% interval
(whole buyers drawn again) has to lie above 0, and there have to be enough cases at all. Chances come from
the same scores of held-out buyers, and are checked on those whose fold did not teach the chances either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching.evaluation.bootstrap import Resampling
from matching.evaluation.ranks import gain_at_10
from matching.evaluation.reliability import SHOWN, calibration_error, reliability
from matching.learning.calibration import Calibration
from matching.learning.examples import Examples, Query, gather, join
from matching.learning.fitting import fit
from matching.learning.links import Bools, Doubles, Floats, Ints
from matching.learning.ranker import STRAIGHT, Ranker
from matching.pairing.weights import FEATURES, FULL, MARKER, PRIOR, Lesson, Weights, ranker_of

FOLDS = 4
ENOUGH_ANSWERS, ENOUGH_BUYERS = 60, 20
"""Fewer known answers, or of fewer buyers, and the prior stays."""
_LEADING = tuple(range(len(FEATURES) - 1))


@dataclass(frozen=True)
class Evidence:
    """Known answers: how many pairs both sides accepted, how many supplies, of how many buyers."""

    agreed: int
    supplied: int
    buyers: int

    @property
    def enough(self) -> bool:
        """Whether weights may be learned at all."""
        return self.agreed + self.supplied >= ENOUGH_ANSWERS and self.buyers >= ENOUGH_BUYERS


def learn_weights(
    rows: Iterable[tuple[str, Query]], evidence: Evidence, day: date, seed: int = 0, prior: Weights = PRIOR
) -> Weights:
    """Learned weights where they do better, else the prior, with the lesson that says why; rows come with the buyer."""
    lesson = Lesson(day, evidence.agreed, evidence.supplied, evidence.buyers)
    if not evidence.enough:
        return replace(prior, lesson=lesson)
    taught = [(buyer, one) for buyer, query in rows if (one := gather([query], seed, _LEADING)) is not None]
    buyers = [buyer for buyer, _ in taught]
    order = {buyer: at for at, buyer in enumerate(np.random.default_rng(seed).permutation(sorted(set(buyers))))}
    folds = np.array([order[buyer] % FOLDS for buyer in buyers], dtype=np.int64)
    examples = join([one for _, one in taught])
    held = _held_out(examples, folds)
    learned, before = gains(examples, held), gains(examples, prior.ranker.score(examples.values))
    asked = ~np.isnan(learned)
    drawn = Resampling.of([buyer for buyer, one in zip(buyers, asked, strict=True) if one], np.ones(int(asked.sum())))
    gain = drawn.mean((learned - before)[asked])
    lesson = replace(
        lesson, learned=drawn.mean(learned[asked]).mean, prior=drawn.mean(before[asked]).mean, low=gain.low
    )
    if gain.low <= 0:
        return replace(prior, lesson=lesson)
    new = PRIOR.ranker.is_new(examples.values)
    error = _error(examples, held, new, folds)
    return Weights(fitted(examples), Calibration.of(examples, held, new), replace(lesson, error=error))


def fitted(examples: Examples) -> Ranker:
    """The ranker in whole hundredths; what no answer speaks of keeps the prior's weights."""
    found = fit(examples, FEATURES, MARKER, STRAIGHT, rising=True)
    new = found.is_new(examples.values)
    sides = []
    for slopes, part in ((found.known, ~new), (found.new, new)):
        spoken = bool((examples.positive & part).any()) and float(slopes.sum()) > 0
        sides.append(hundredths(slopes[:, 0] if spoken else PRIOR.ranker.known[:, 0]))
    return ranker_of(*(dict(zip(FEATURES, own, strict=True)) for own in sides))


def hundredths(slopes: Floats) -> list[int]:
    """Whole numbers in the proportion of the slopes that sum to 100; what is left goes to the largest remainders."""
    exact = slopes.astype(np.float64) * FULL / slopes.sum()
    found = np.floor(exact).astype(np.int64)
    found[np.argsort(found - exact, kind="stable")[: FULL - int(found.sum())]] += 1
    return [int(one) for one in found]


def _held_out(examples: Examples, folds: Ints) -> Floats:
    """Scores of every row by what the other folds taught."""
    scores = np.zeros(len(examples.values), dtype=np.float32)
    for number in range(FOLDS):
        own = (folds == number)[examples.query]
        scores[own] = fitted(_some(examples, ~own)).score(examples.values[own])
    return scores


def _some(examples: Examples, rows: Bools) -> Examples:
    kept, query = np.unique(examples.query[rows], return_inverse=True)
    return Examples(
        examples.values[rows],
        examples.positive[rows],
        examples.stands_for[rows],
        query,
        examples.query_weight[kept],
    )


def gains(examples: Examples, scores: Floats) -> Doubles:
    """By query the mean discounted gain of its answers, each against the rivals alone; NaN without an answer."""
    found = np.full(len(examples.query_weight), np.nan)
    ends = np.searchsorted(examples.query, np.arange(len(found) + 1))
    for query in range(len(found)):
        rows = slice(ends[query], ends[query + 1])
        own, positive = scores[rows], examples.positive[rows]
        if positive.any():
            rivals, count = own[~positive], examples.stands_for[rows][~positive]
            answers = own[positive][:, None]
            ranks = 1.0 + (rivals > answers) @ count + 0.5 * ((rivals == answers) @ count)
            found[query] = gain_at_10(ranks).mean()
    return found


def _error(examples: Examples, scores: Floats, new: Bools, folds: Ints) -> float:
    """How far chances are off in the first of each list, by lines that the other folds drew."""
    shares = np.zeros(len(scores))
    for number in range(FOLDS):
        own = (folds == number)[examples.query]
        line = Calibration.of(_some(examples, ~own), scores[~own], new[~own])
        shares[own] = line.chance(scores[own], new[own])
    order = np.lexsort((-scores, examples.query))
    starts = np.searchsorted(examples.query, examples.query[order])
    first = order[np.arange(len(order)) - starts < SHOWN]
    return calibration_error(reliability(shares[first], examples.positive[first]))
