"""What all that is said of a firm in a segment amounts to today: the state shown, why, and what to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from graph.district import District, load_district
from graph.messages import N_, Message, told
from graph.model import FirmStatus, Grade, LinkState, PlaceLevel
from graph.queries import queries
from graph.store import Row, Store
from matching.linking.facts import Rules
from matching.rings import Ring, ring_of

ASK_CHECK = N_("请核实：{evidence}")
ASK_CHECK_OLD = N_("确认的依据“{evidence}”最近一次见于 {date}，已超过 {days} 天：是否仍在生产？请重新核查")
ASK_CHECK_UNDATED = N_("确认的依据“{evidence}”没有日期：是否仍在生产？请重新核查")
BY_RANK = N_("来源次序 {rank} 在先（1 企业或人员上报，2 本系统目录，3 公开数据与推断）")
BY_DAY = N_("来源次序相同，取较新的一条（{date}）")
ONLY_ONE = N_("只有一个来源")


@dataclass(frozen=True)
class Said:
    """What one source says of a firm in a segment."""

    state: LinkState
    grade: Grade
    evidence: str
    source: str
    source_name: str
    rank: int
    observed_on: date | None = None
    checked_on: date | None = None
    decided_by: str | None = None
    reason: str | None = None
    question: str | None = None
    score: float | None = None
    parts: tuple[str, ...] = ()
    capacity_share: float | None = None
    seen: tuple[str, ...] = ()
    row: str = ""
    run: str = ""

    @property
    def seen_on(self) -> date | None:
        """The last day it was vouched for."""
        return max((day for day in (self.checked_on, self.observed_on) if day), default=None)


@dataclass(frozen=True)
class Standing:
    """A firm in a segment: every source's word, the most trusted first, and the state they amount to today.

    ``towns`` are those the firm has to do with, else its districts; of a firm outside the home city there are none.
    """

    firm: str
    firm_name: str
    segment: str
    segment_name: str
    chains: tuple[str, ...]
    state: LinkState
    rule: Message
    said: tuple[Said, ...]
    question: Message | str | None = None
    towns: tuple[str, ...] = field(default=())
    sample: bool = False
    status: FirmStatus | None = None

    @property
    def first(self) -> Said:
        """The statement the state is taken from."""
        return self.said[0]

    @property
    def disputed(self) -> bool:
        """Whether sources differ on the state."""
        return len({one.state for one in self.said}) > 1


def load_standings(
    store: Store, rules: Rules, today: date, *, firm: str | None = None, segment: str | None = None
) -> list[Standing]:
    """What is said of links, of one firm, of one segment, or all; by firm and segment."""
    rows = store.read(queries.list_link_statements, firm=firm, segment=segment)
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row["firm"], row["segment"]), []).append(row)
    home = load_district(store)
    return [_standing(group, rules, today, home) for group in grouped.values()]


def _is_near(place: Row, home: District) -> bool:
    """Whether somebody of the home city could go there; places without a division's code are its own."""
    return ring_of([str(place["code"])], home) in {Ring.DISTRICT, Ring.CITY, None}


def _standing(rows: list[Row], rules: Rules, today: date, home: District) -> Standing:
    first = rows[0]
    said = rank([_said(row) for row in rows])
    state, question = settle(said, rules.days(first["segment"]), today)
    places = {
        level: {place["name"] for place in first["towns"] if place["level"] == level and _is_near(place, home)}
        for level in (PlaceLevel.TOWN, PlaceLevel.DISTRICT)
    }
    return Standing(
        firm=first["firm"],
        firm_name=first["firm_name"],
        segment=first["segment"],
        segment_name=first["segment_name"],
        chains=tuple(first["chains"]),
        state=state,
        rule=rule(said),
        said=said,
        question=question,
        towns=tuple(sorted(places[PlaceLevel.TOWN] or places[PlaceLevel.DISTRICT])),
        sample=first["sample"],
        status=FirmStatus(first["status"]) if first["status"] else None,
    )


def _said(row: Row) -> Said:
    said = row["said"]
    kept = said.get("wording")
    return Said(
        state=LinkState(said["state"]),
        grade=Grade(said["grade"]),
        evidence=told(said.get("evidence") or "", kept, "evidence"),
        source=row["source"],
        source_name=row["source_name"],
        rank=row["rank"],
        observed_on=said.get("observed_on"),
        checked_on=said.get("checked_on"),
        decided_by=said.get("decided_by"),
        reason=told(said["reason"], kept, "reason") if said.get("reason") else None,
        question=told(said["question"], kept, "question") if said.get("question") else None,
        score=said.get("score"),
        parts=tuple(said.get("parts") or ()),
        capacity_share=said.get("capacity_share"),
        seen=tuple(said.get("seen") or ()),
        row=said.get("row") or "",
        run=said.get("run") or "",
    )


def rank(said: Iterable[Said]) -> tuple[Said, ...]:
    """Statements, the one shown first: lowest rank, then the later day, then the name of the source."""
    return tuple(sorted(said, key=lambda one: (one.rank, -(one.observed_on or date.min).toordinal(), one.source_name)))


def rule(said: tuple[Said, ...]) -> Message:
    """Why the first of ranked statements is the one shown."""
    if len(said) == 1:
        return Message(ONLY_ONE)
    if said[0].rank < said[1].rank:
        return Message(BY_RANK, {"rank": said[0].rank})
    return Message(BY_DAY, {"date": said[0].observed_on or "—"})


def settle(said: tuple[Said, ...], days: int, today: date) -> tuple[LinkState, Message | str | None]:
    """The state ranked statements amount to today, and what to ask.

    What was confirmed and then not seen for so many ``days`` is uncertain again.
    """
    first = said[0]
    if first.state is LinkState.REJECTED:
        return first.state, None
    if first.state is LinkState.UNCERTAIN:
        asked = next((one.question for one in said if one.question), None)
        return first.state, asked or Message(ASK_CHECK, {"evidence": first.evidence})
    seen = max((one.seen_on for one in said if one.state is first.state and one.seen_on), default=None)
    if seen is None:
        return LinkState.UNCERTAIN, Message(ASK_CHECK_UNDATED, {"evidence": first.evidence})
    if seen < today - timedelta(days=days):
        values: dict[str, object] = {"evidence": first.evidence, "date": seen, "days": days}
        return LinkState.UNCERTAIN, Message(ASK_CHECK_OLD, values)
    return LinkState.CONFIRMED, None
