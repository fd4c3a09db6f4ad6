"""Investment targets 招商对象 of a segment: ranked, each part explained; whom it leaves out, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from graph.messages import N_, Listed, Message
from graph.model import FirmStatus, LinkState
from matching.gaps.facts import FirmFact, SegmentFact
from matching.gaps.links import Link
from matching.gaps.priority import Part, whole_points
from matching.gaps.targets.conditions import Condition
from matching.gaps.targets.criteria import CRITERIA, QUESTIONS
from matching.gaps.targets.finding import Finding
from matching.gaps.targets.leader import supplied_leaders
from matching.gaps.targets.local import Buyer, buyers, displaced
from matching.gaps.targets.prospect import Prospect, prospects
from matching.gaps.view import View
from matching.rings import RING_TITLES, Ring, within

CLOSED = N_("已注销")
ABNORMAL = N_("经营异常，须先查明")
RULED_OUT = N_("核查后已排除：{evidence}")
UNPLACED = N_("所在地没有记录，请先核实是否已在{ring}")
INSIDE = N_("已在{ring}：{places}")
SISTER = N_("与本地企业{firm}同属{group}，请经由该企业联系")
UNMET = N_("不满足所设条件：{condition}")
UNKNOWN_CONDITION = N_("请核实是否满足：{condition}")


class Standing(StrEnum):
    """What ties a firm to buyers here; the list is in this order before anything else."""

    LEADER = "leader"
    BUYER = "buyer"
    COLD = "cold"


STANDING_TITLES = {
    Standing.LEADER: N_("本地链主的外地供应商"),
    Standing.BUYER: N_("本地企业的外地供应商"),
    Standing.COLD: N_("尚无本地供货记录"),
}


@dataclass(frozen=True)
class Target:
    """A firm that could come; ``parts`` sum to ``score`` (0-100). ``questions`` are what is not on record."""

    prospect: Prospect
    standing: Standing
    score: int
    exact: float
    parts: tuple[Part, ...]
    findings: dict[str, Finding]
    questions: tuple[Message, ...]

    @property
    def firm(self) -> FirmFact:
        """The firm."""
        return self.prospect.firm

    @property
    def uncertain(self) -> bool:
        """Whether nobody has confirmed that it does what the segment needs: then it is a lead."""
        return not self.prospect.confirmed


@dataclass(frozen=True, slots=True)
class Excluded:
    """A firm that has to do with the segment and is not on the list, and why."""

    firm: FirmFact
    reason: Message


@dataclass(frozen=True)
class TargetList:
    """Targets of a segment in their order, who would buy here, whom they would displace, and who was left out."""

    segment: SegmentFact
    today: date
    boundary: Ring | None
    conditions: tuple[Condition, ...]
    targets: tuple[Target, ...]
    excluded: tuple[Excluded, ...]
    buyers: tuple[Buyer, ...]
    displaced: tuple[Link, ...]

    @property
    def sample(self) -> bool:
        """Whether made-up data is in it."""
        firms = [one.firm for one in self.targets] + [one.firm for one in self.excluded]
        firms += [link.firm for link in self.displaced]
        return self.segment.sample or any(firm.sample for firm in firms) or any(one.sample for one in self.buyers)


def boundary_of(view: View) -> Ring | None:
    """The ring that targets lie beyond: the one the user looks at, else home."""
    return view.ring or view.home


def _exclusion(view: View, prospect: Prospect, sisters: dict[str, str]) -> Message | None:
    """Why a firm is not on the list, whatever the user's conditions; None when nothing speaks against it."""
    firm, link, boundary = prospect.firm, prospect.link, boundary_of(view)
    ring = Message(RING_TITLES[boundary]) if boundary else ""
    rejected = link is not None and link.state is LinkState.REJECTED
    inside = firm.ring is not None and within(firm.ring, boundary)
    sister = sisters.get(firm.group or "")
    grounds = (
        (firm.status is FirmStatus.CLOSED, Message(CLOSED)),
        (rejected, Message(RULED_OUT, {"evidence": link.evidence if link else ""})),
        (inside, Message(INSIDE, {"ring": ring, "places": Listed(firm.places)})),
        (firm.status is FirmStatus.ABNORMAL, Message(ABNORMAL)),
        (sister is not None, Message(SISTER, {"firm": sister, "group": firm.group})),
    )
    return next((reason for holds, reason in grounds if holds), None)


def _standing(view: View, prospect: Prospect) -> Standing:
    if supplied_leaders(view, prospect):
        return Standing.LEADER
    return Standing.BUYER if prospect.supplies else Standing.COLD


def judge(view: View, prospect: Prospect) -> Target:
    """Score a firm: ``100·fit·(w_fit + w_leader·L + w_signals·S + w_quality·Q + w_feasibility·F)`` (DOMAIN 4.11).

    Fit multiplies everything; each part is its share of the sum, rounded so that the parts on the screen sum to the
    score. A missing criterion adds nothing. Weights are ``Weights.target_*``.
    """
    weights = view.weights(prospect.segment.id)
    findings = {name: criterion(view, prospect) for name, criterion in CRITERIA.items()}
    fit = findings["fit"].value or 0.0
    shares = {name: float(getattr(weights, f"target_{name}")) for name in CRITERIA}
    exact = {
        name: 100 * fit * shares[name] * (1.0 if name == "fit" else found.value or 0.0)
        for name, found in findings.items()
    }
    points = whole_points(exact.values())
    parts = tuple(
        Part(name, shares[name], findings[name].value, exact[name], point)
        for name, point in zip(CRITERIA, points, strict=True)
    )
    asked = [Message(QUESTIONS[name]) for name in QUESTIONS if findings[name].value is None]
    if prospect.firm.ring is None and (boundary := boundary_of(view)):
        asked.insert(0, Message(UNPLACED, {"ring": Message(RING_TITLES[boundary])}))
    return Target(prospect, _standing(view, prospect), sum(points), sum(exact.values()), parts, findings, tuple(asked))


def order(target: Target) -> tuple[object, ...]:
    """Suppliers of leaders first, then of other buyers here, then the rest; by score, where equal by name."""
    standings = list(Standing)
    return standings.index(target.standing), -round(target.exact, 9), target.firm.name, target.firm.id


def _sisters(here: Sequence[Link]) -> dict[str, str]:
    """Groups that are here in the segment already, each with the first firm of it."""
    return {link.firm.group: link.firm.name for link in reversed(here) if link.firm.group}


def any_target(view: View, segment: str) -> bool:
    """Whether a segment has any investment target."""
    sisters = _sisters(displaced(view, segment))
    return any(_exclusion(view, prospect, sisters) is None for prospect in prospects(view, segment))


def target_list(view: View, segment: str, conditions: Sequence[Condition] = ()) -> TargetList:
    """Return the investment targets of a segment: every firm of it beyond the ring, unless something speaks against it.

    Open entry: whoever is on record in the segment is on the list or among the excluded, nothing is cut off, and
    where a firm sits beyond the ring plays no part in its place (``open_entry`` checks both).
    """
    here = displaced(view, segment)
    sisters = _sisters(here)
    targets, excluded = [], []
    for prospect in prospects(view, segment):
        reason = _exclusion(view, prospect, sisters)
        unknown = []
        for condition in conditions if reason is None else ():
            met = condition.met(view, prospect)
            if met is False:
                reason = reason or Message(UNMET, {"condition": condition.said})
            elif met is None:
                unknown.append(Message(UNKNOWN_CONDITION, {"condition": condition.said}))
        if reason:
            excluded.append(Excluded(prospect.firm, reason))
        else:
            found = judge(view, prospect)
            targets.append(replace(found, questions=(*unknown, *found.questions)))
    return TargetList(
        segment=view.segments[segment],
        today=view.today,
        boundary=boundary_of(view),
        conditions=tuple(conditions),
        targets=tuple(sorted(targets, key=order)),
        excluded=tuple(sorted(excluded, key=lambda one: (one.firm.name, one.firm.id))),
        buyers=buyers(view, segment),
        displaced=here,
    )
