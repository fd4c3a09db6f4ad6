"""How much each part of a score counts: a ranker in whole hundredths, and what a score is worth as a chance.

``PRIOR`` comes with the package; ``ronglian train`` puts learned ones in its place where the graph holds enough
evidence and they do better on what was held out. The ranker and its calibration are those that ``evaluate`` measures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from graph.messages import N_, Message
from matching.learning.calibration import Calibration, Line, wilson
from matching.learning.ranker import STRAIGHT, Ranker

if TYPE_CHECKING:
    from matching.learning.links import Floats

# Hundredths; they sum to 100. What it is counts most. Likeness of words (15) stays below the threshold by itself, so
# does purchase direction (20): a thing the buyer uses, but did not ask for, needs more than that. What the
# encoder predicts counts least: it orders what other parts leave equal.
WEIGHTS: Mapping[str, int] = {
    "identity": 50, "direction": 20, "text": 15, "meaning": 0, "shared_buyers": 8, "learned": 7,
}  # fmt: skip
# Where a general encoder was chosen, likeness of meaning takes half of what likeness of letters has: on words of the
# 35X catalog that our encoder never saw, nDCG@10 of other words for the same thing .575 → .611 (decision 018).
WEIGHTS_WITH_MEANING: Mapping[str, int] = {**WEIGHTS, "text": 8, "meaning": 7}
FULL = 100

MARKER = "buyer_known"
"""The last feature counts nothing; it is missing where nothing is known of the buyer, whose pairs have own weights."""
FEATURES = (*WEIGHTS, MARKER)

TRUSTED = 0.03
"""Chances are shown when, on what was held out, they were off by no more than this on average (ECE)."""


def ranker_of(known: Mapping[str, int], new: Mapping[str, int]) -> Ranker:
    """Hundredths as a ranker with straight lines."""
    marks = np.zeros((len(FEATURES), len(STRAIGHT)), dtype=np.float32)
    known_slopes, new_slopes = (
        np.array([[weights.get(name, 0)] for name in FEATURES], dtype=np.float32) for weights in (known, new)
    )
    return Ranker(FEATURES, marks, known_slopes, new_slopes, FEATURES.index(MARKER))


@dataclass(frozen=True)
class Chance:
    """How often pairs of such a score were right where the answer is known, its 95% interval, and on how many pairs."""

    share: float
    low: float
    high: float
    pairs: int

    @property
    def said(self) -> Message:
        """In words."""
        values: dict[str, object] = {
            "share": f"{self.share:.0%}", "low": f"{self.low:.0%}", "high": f"{self.high:.0%}", "pairs": self.pairs,
        }  # fmt: skip
        return Message(N_("概率约 {share}（95% 区间 {low}–{high}，依据得分相近的 {pairs} 对）"), values)


@dataclass(frozen=True)
class Lesson:
    """What weights were learned from, and how they did on held-out queries: nDCG@10 beside the prior's.

    ``agreed`` are pairs both sides accepted, ``supplied`` known supplies; ``low`` is the lower end of the gain's 95%
    interval; ``error`` how far chances were off on average (ECE).
    """

    day: date
    agreed: int
    supplied: int
    buyers: int
    learned: float | None = None
    prior: float | None = None
    low: float | None = None
    error: float | None = None

    @property
    def answers(self) -> int:
        """Pairs learned from."""
        return self.agreed + self.supplied


@dataclass(frozen=True)
class Weights:
    """A ranker over the parts; ``lesson`` is None for those that come with the package."""

    ranker: Ranker
    calibration: Calibration | None = None
    lesson: Lesson | None = None

    @cached_property
    def learned(self) -> bool:
        """Whether they were learned here."""
        return all(self.ranker is not one.ranker for one in PRIORS)

    @property
    def trusted(self) -> bool:
        """Whether chances kept their word on what was held out."""
        return self.lesson is not None and self.lesson.error is not None and self.lesson.error <= TRUSTED

    def points(self, values: Floats) -> Any:
        """Hundredths from each part, rounded: pairs × parts from pairs × features (NaN: missing, counts nothing)."""
        return np.rint(self.ranker.parts(values)[:, :-1]).astype(np.int64)

    def most(self, values: Floats) -> Any:
        """Hundredths each part can give: pairs × parts."""
        new = self.ranker.is_new(values)[:, None]
        slopes = np.where(new, self.ranker.new[:, 0], self.ranker.known[:, 0])
        return np.rint(slopes[:, :-1]).astype(np.int64)

    def chances(self, values: Floats) -> list[Chance | None]:
        """How likely each pair is right; None where nobody can say."""
        if self.calibration is None or not self.trusted:
            return [None] * len(values)
        scores, new = self.ranker.score(values), self.ranker.is_new(values)
        shares = self.calibration.chance(scores, new)
        return [
            self._chance(float(share), self.calibration.pairs(float(score), bool(is_new)))
            for share, score, is_new in zip(shares, scores, new, strict=True)
        ]

    def _chance(self, share: float, pairs: int) -> Chance | None:
        low, high = wilson(share, pairs)
        return Chance(share, low, high, pairs) if pairs else None

    @property
    def basis(self) -> Message:
        """A sentence on where the weights come from and what may be read into a score."""
        if self.lesson is None or not self.learned:
            return Message(N_("得分权重为出厂默认值，未经本地数据校准，不代表成功概率"))
        values: dict[str, object] = {
            "count": self.lesson.answers, "buyers": self.lesson.buyers, "day": self.lesson.day,
        }  # fmt: skip
        if not self.trusted:
            return Message(
                N_("得分权重由本地 {buyers} 家需方的 {count} 对供需关系学得（{day}）；概率未通过检验，不予显示"), values
            )
        return Message(N_("得分权重和概率由本地 {buyers} 家需方的 {count} 对供需关系学得并检验（{day}）"), values)

    def write(self, encoder: str) -> str:
        """As text that ``read`` reads; ``encoder`` is the mark of the one they were learned with."""
        lines = {}
        if self.calibration:
            lines = {
                side: {name: value.tolist() for name, value in vars(getattr(self.calibration, side)).items()}
                for side in ("known", "new")
            }
        plain = {
            "encoder": encoder,
            "features": list(FEATURES),
            "weights": {side: getattr(self.ranker, side)[:, 0].tolist() for side in ("known", "new")}
            if self.learned
            else None,
            "calibration": lines,
            "lesson": asdict(self.lesson) if self.lesson else None,
        }
        return json.dumps(plain, default=str, indent=1)

    @classmethod
    def read(cls, text: str, encoder: str, prior: Weights | None = None) -> Self:
        """Weights from text; those that come with the package where they belong to another encoder or version."""
        prior = prior or PRIOR
        found = json.loads(text)
        if found["encoder"] != encoder or found["features"] != list(FEATURES) or not found["lesson"]:
            return cls(prior.ranker)
        lesson = found["lesson"]
        known = {one.name: lesson[one.name] for one in fields(Lesson) if one.name in lesson}
        taught = Lesson(**{**known, "day": date.fromisoformat(known["day"])})
        if not found["weights"]:
            return cls(prior.ranker, lesson=taught)
        slopes = [dict(zip(FEATURES, found["weights"][side], strict=True)) for side in ("known", "new")]
        lines = [
            Line(**{name: np.array(values) for name, values in found["calibration"][side].items()})
            for side in ("known", "new")
        ]
        return cls(ranker_of(*slopes), Calibration(*lines), taught)


PRIOR = Weights(ranker_of(WEIGHTS, WEIGHTS))
"""The weights that come with the package: set by hand, checked on cases written from the domain, never calibrated."""

PRIOR_WITH_MEANING = Weights(ranker_of(WEIGHTS_WITH_MEANING, WEIGHTS_WITH_MEANING))
"""The same where a general encoder was chosen."""

PRIORS = (PRIOR, PRIOR_WITH_MEANING)
