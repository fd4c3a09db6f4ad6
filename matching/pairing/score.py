"""From findings to one number that is the sum of its parts, exactly.

Points are whole hundredths, so the parts on the screen sum to the score on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from graph.messages import N_, Message
from matching.pairing.listings import Basis, Evidence, Listing, Wanted
from matching.pairing.pair import Pair
from matching.pairing.scorers import SCORERS, Finding, identity
from matching.pairing.weights import PRIOR, Chance, Weights

if TYPE_CHECKING:
    from matching.learning.links import Floats

PART_TITLES: Mapping[str, str] = {
    "identity": N_("对口产品"),
    "direction": N_("采购方向"),
    "text": N_("文字相近"),
    "meaning": N_("含义"),
    "shared_buyers": N_("同类买家"),
    "learned": N_("模型推测"),
}

THRESHOLD = 0.25

_BY_BASIS = {
    Basis.INFERRED: (0.7, N_("{reason}；需求由产品结构推断，未经企业确认，计七成")),
    Basis.MADE: (1.0, N_("与该企业生产或采购的产品对口：{reason}")),
}


@dataclass(frozen=True)
class Part:
    """One part of a score: ``points`` of the ``weight`` it can give, in hundredths.

    ``value`` is None when its inputs are missing: it then adds nothing and is shown so.
    """

    name: str
    weight: int
    points: int
    value: float | None
    reason: Message
    evidence: tuple[Evidence, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether what the part needs is not known."""
        return self.value is None


@dataclass(frozen=True)
class Score:
    """The parts of a score, in the order of the scorers, what it is worth as a chance, and what the prior gives it.

    ``relevance``, hundredths by the weights that come with the package, decides whether the pair is shown at all: that
    was set on cases from the domain, and what people accepted later says little of what they were never shown.
    """

    parts: tuple[Part, ...]
    relevance: int
    chance: Chance | None = None


def share_of(wanted: Listing) -> float:
    """By what the identity with a want counts that is known in its way."""
    return _BY_BASIS[wanted.basis][0] if isinstance(wanted, Wanted) and wanted.basis in _BY_BASIS else 1.0


def tempered(pair: Pair, finding: Finding) -> Finding:
    """A finding on identity with what is said beside it: how the want is known, and what the asking side disliked.

    What is only inferred from a firm's products counts seven tenths; a thing of a name that was said not to be the
    wanted one counts half.
    """
    if finding.value and (known := _BY_BASIS.get(pair.wanted.basis)):
        share, template = known
        finding = replace(finding, value=finding.value * share, reason=Message(template, {"reason": finding.reason}))
    said = [item.core for item in pair.given.subjects if item.core in pair.opinion.disliked]
    if not finding.value or not said:
        return finding
    values: dict[str, object] = {"reason": finding.reason, "name": said[0]}
    reason = Message(N_("{reason}；曾答复“{name}”不是所需产品，计一半"), values)
    return replace(finding, value=finding.value / 2, reason=reason)


def findings(pair: Pair) -> list[Finding]:
    """What the scorers find, in their order."""
    return [tempered(pair, scorer(pair)) if scorer is identity else scorer(pair) for scorer in SCORERS]


def values(pairs: Sequence[Pair], found: Sequence[Sequence[Finding]]) -> Floats:
    """Findings as a ranker's features: pairs × features, NaN where missing. The only way from a pair to numbers."""
    return np.array(
        [
            [*(np.nan if one.value is None else one.value for one in own), 1.0 if buyer_known(pair) else np.nan]
            for pair, own in zip(pairs, found, strict=True)
        ],
        dtype=np.float32,
    ).reshape(len(pairs), len(SCORERS) + 1)


def buyer_known(pair: Pair) -> bool:
    """Whether the graph knows who asks and what goes into what it makes."""
    return pair.wanted.party is not None and pair.context.buyer_inputs_known


def score(pairs: Sequence[Pair], weights: Weights = PRIOR) -> list[Score]:
    """The scores of pairs. A part that is missing and would count nothing is not told."""
    found = [findings(pair) for pair in pairs]
    numbers = values(pairs, found)
    points, most = weights.points(numbers), weights.most(numbers)
    relevance = (points if weights is PRIOR else PRIOR.points(numbers)).sum(axis=1)
    return [
        Score(
            tuple(
                Part(scorer.__name__, weight, own, finding.value, finding.reason, finding.evidence)
                for scorer, weight, own, finding in zip(SCORERS, row_most, row_points, row, strict=True)
                if weight or finding.value is not None
            ),
            shown,
            chance,
        )
        for row, row_points, row_most, shown, chance in zip(
            found, points.tolist(), most.tolist(), relevance.tolist(), weights.chances(numbers), strict=True
        )
    ]
