"""From findings to one number that is the sum of its parts, exactly.

Points are whole hundredths, so the parts on the screen sum to the score on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.messages import N_, Message
from matching.pairing.listings import Basis, Evidence, Listing, Wanted
from matching.pairing.pair import Pair
from matching.pairing.scorers import SCORERS, Finding, identity

# Hundredths; they sum to 100. What it is counts most. Likeness of words (15) stays below the threshold by itself, so
# does purchase direction (20): a thing the buyer uses, but did not ask for, needs more than that. What the
# encoder predicts counts least: it orders what other parts leave equal.
WEIGHTS: Mapping[str, int] = {"identity": 50, "direction": 20, "text": 15, "shared_buyers": 8, "learned": 7}

PART_TITLES: Mapping[str, str] = {
    "identity": N_("对口产品"),
    "direction": N_("采购方向"),
    "text": N_("文字"),
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
    """One part of a score. ``value`` is None when its inputs are missing: it then adds nothing and is shown so."""

    name: str
    weight: int
    value: float | None
    reason: Message
    evidence: tuple[Evidence, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether what the part needs is not known."""
        return self.value is None

    @property
    def points(self) -> int:
        """Hundredths of the score that come from this part."""
        return 0 if self.value is None else round(self.weight * self.value)


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


def score(pair: Pair) -> tuple[Part, ...]:
    """The parts of a pair's score, in the order of the scorers."""
    parts = []
    for scorer in SCORERS:
        finding = tempered(pair, scorer(pair)) if scorer is identity else scorer(pair)
        name = scorer.__name__
        parts.append(Part(name, WEIGHTS[name], finding.value, finding.reason, finding.evidence))
    return tuple(parts)
