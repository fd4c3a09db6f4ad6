"""What people said of proposed pairs, and what follows for the list of the one side that said it.

A decline takes its pair out of the list of the side that declined, and its reason moves one gate or weight of *that
listing*: what was not good enough there must be known before the next is proposed. The other side sees that it was
declined. Nothing here changes anybody else's list; learning takes only what both sides said alike (``agreed``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from graph.messages import N_
from graph.model import Answer, DeclineReason, PairAnswer, PairSide
from matching.pairing.subject import things

REASON_TITLES: Mapping[DeclineReason, str] = {
    DeclineReason.PRODUCT: N_("不是所需产品"),
    DeclineReason.SPECIFICATION: N_("技术指标达不到"),
    DeclineReason.CAPACITY: N_("数量或产能不合适"),
    DeclineReason.DELIVERY: N_("交期不合适"),
    DeclineReason.CERTIFICATE: N_("资质证书不符"),
    DeclineReason.PRICE: N_("价格谈不拢"),
    DeclineReason.PARTNER: N_("已有合作或同属一家"),
    DeclineReason.TIMING: N_("目前没有计划"),
}
REASON_EFFECTS: Mapping[DeclineReason, str] = {
    DeclineReason.PRODUCT: N_("同名供给的“对口产品”计一半"),
    DeclineReason.SPECIFICATION: N_("未写明的技术指标和工艺须先问清"),
    DeclineReason.CAPACITY: N_("未写明的产能须先问清"),
    DeclineReason.DELIVERY: N_("未写明的交期须先问清"),
    DeclineReason.CERTIFICATE: N_("未写明的证书须先问清"),
    DeclineReason.PRICE: N_("只影响这一对：图谱中没有价格"),
    DeclineReason.PARTNER: N_("该单位及其集团不再列入"),
    DeclineReason.TIMING: N_("{days} 天后可再列入"),
}
SIDE_TITLES: Mapping[PairSide, str] = {PairSide.BUYER: N_("需方"), PairSide.SELLER: N_("供方")}
STRICT: Mapping[DeclineReason, frozenset[str]] = {
    DeclineReason.SPECIFICATION: frozenset({"envelope", "process"}),
    DeclineReason.CAPACITY: frozenset({"quantity"}),
    DeclineReason.DELIVERY: frozenset({"delivery"}),
    DeclineReason.CERTIFICATE: frozenset({"certificate"}),
}
"""Gates at which an open question counts as a fail, by the reason of a decline."""
AGAIN_AFTER = timedelta(days=90)
"""When a pair declined for its timing may come back."""


@dataclass(frozen=True)
class Said:
    """An answer that stands, with what the graph knows of the other listing: its title, its products, who posts it."""

    answer: PairAnswer
    other_name: str = ""
    other_products: tuple[str, ...] = ()
    other_firm: str | None = None
    other_group: str | None = None

    @property
    def declined(self) -> bool:
        """Whether it is a no."""
        return self.answer.answer is Answer.DECLINED

    def lapsed(self, today: date) -> bool:
        """Whether it was a matter of time, and the time has passed."""
        return self.answer.reason is DeclineReason.TIMING and self.answer.at.date() + AGAIN_AFTER <= today


@dataclass(frozen=True)
class Opinion:
    """What the asking side's answers mean for its own list, and which pairs the other side declined.

    ``declined`` and ``refused`` go by the id of the other listing; ``firms`` and ``groups`` are not proposed again,
    ``strict`` are gates where an open question counts as a fail, ``disliked`` names of things that were not wanted.
    """

    declined: Mapping[str, Said] = field(default_factory=dict)
    refused: Mapping[str, Said] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    strict: frozenset[str] = frozenset()
    disliked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, said: Iterable[Said], listing: str, side: PairSide, today: date) -> Opinion:
        """What follows from the standing answers for the list of ``listing``, which asks as ``side``."""
        standing = [one for one in said if not one.lapsed(today) and listing == _own(one, side)]
        own = [one for one in standing if one.answer.side is side]
        noes = {_other(one, side): one for one in own if one.declined}
        theirs = {_other(one, side): one for one in standing if one.answer.side is not side and one.declined}
        partners = [one for one in noes.values() if one.answer.reason is DeclineReason.PARTNER]
        unwanted = [one for one in noes.values() if one.answer.reason is DeclineReason.PRODUCT]
        strict = [STRICT.get(one.answer.reason, frozenset()) for one in noes.values() if one.answer.reason]
        return cls(
            declined=noes,
            refused=theirs,
            accepted=frozenset(_other(one, side) for one in own if not one.declined),
            firms=frozenset(one.other_firm for one in partners if one.other_firm),
            groups=frozenset(one.other_group for one in partners if one.other_group),
            strict=frozenset().union(*strict),
            disliked=frozenset(item.core for one in unwanted for item in things(one.other_name, one.other_products)),
        )


def _own(said: Said, side: PairSide) -> str:
    return said.answer.wanted if side is PairSide.BUYER else said.answer.offered


def _other(said: Said, side: PairSide) -> str:
    return said.answer.offered if side is PairSide.BUYER else said.answer.wanted


def standing(answers: Iterable[PairAnswer]) -> list[PairAnswer]:
    """The last answer of each side on each pair that is not taken back, from all in order of time."""
    known = list(answers)
    undone = {one.undoes for one in known if one.undoes}
    last = {(one.wanted, one.offered, one.side): one for one in known if not one.undoes and one.id not in undone}
    return list(last.values())


def agreed(answers: Iterable[PairAnswer]) -> list[tuple[str, str]]:
    """Pairs that both sides accepted, as ids: all that training may learn from; one side's word is not enough."""
    yes: dict[tuple[str, str], set[PairSide]] = {}
    for one in standing(answers):
        if one.answer is Answer.ACCEPTED:
            yes.setdefault((one.wanted, one.offered), set()).add(one.side)
    return sorted(pair for pair, sides in yes.items() if sides == set(PairSide))
