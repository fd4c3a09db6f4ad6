"""Where each target of the plan stands: as an office reported it, else as the graph can count it, else missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING

from graph.district import load_district
from graph.errors import InputError, NobodyNamed, NotFound
from graph.messages import N_, Message
from graph.model import TargetReading
from graph.queries import queries
from graph.store import Row, Store

if TYPE_CHECKING:
    from matching.events.desk import Tally

PLAN_START = date(2026, 1, 1)
YEARLY = "yearly"

REPORTED = N_("{basis}（{by}，{on}）")
COUNTED_FIRMS = N_("图谱中可数：本区 {firms} 家企业中 {known} 家的年营业收入已知")
COUNTED_LISTED = N_("图谱中可数：本区 {firms} 家企业中 {known} 家的上市日期已知，{since} 起上市的计入")
COUNTED_EVENTS = N_("由对接活动结果计数（已会面 {meetings} 场）。{rule}")
COUNTED_INTENTIONS = N_("由对接活动结果计数；另有 {unconfirmed} 项待双方确认，未计入。{rule}")
UNREPORTED = N_("尚无填报，图谱中也无从计数")

_COUNTED = {
    "target-firms-1-billion": "over_1_billion",
    "target-firms-10-billion": "over_10_billion",
    "target-firms-100-billion": "over_100_billion",
}
_LISTED = "target-new-listed-firms"
FIRMS_SERVED, CHAIN_LEADERS, INTENTIONS = "target-firms-served", "target-chain-leaders-met", "target-intentions"
"""Yearly figures that outcomes of matchmaking events are counted towards."""


class Standing(StrEnum):
    """Where a figure comes from."""

    REPORTED = "reported"
    COUNTED = "counted"
    MISSING = "missing"


STANDING_TITLES = {Standing.REPORTED: N_("填报"), Standing.COUNTED: N_("图谱计数"), Standing.MISSING: N_("缺数据")}


class ReadingInvalid(InputError):
    """A reading that cannot be."""

    message = N_("进展值不能为 {value}")
    cure = N_("请填不小于 0 的数")


class ReadingWithoutBasis(InputError):
    """A reading that does not say what it rests on."""

    message = N_("没有写明进展的依据")
    cure = N_("请写明文件、报表或数据来源")


class ReadingInFuture(InputError):
    """A reading of a day that has not come."""

    message = N_("截至日期 {on} 在今天之后")
    cure = N_("请填今天或以前的日期")


@dataclass(frozen=True, slots=True)
class Progress:
    """A target and where it stands; ``value`` None is *missing*, never zero. ``share`` is value over target."""

    id: str
    name: str
    target: float
    unit: str
    period: str
    comparison: str
    quote: str
    value: float | None
    standing: Standing
    note: Message
    on: date | None = None
    sample: bool = False

    @property
    def share(self) -> float | None:
        """Part of the target that is reached."""
        return None if self.value is None or not self.target else self.value / self.target


def _reading(row: Row, today: date) -> Row | None:
    """The last reading that counts today: for a yearly target only one of this year."""
    known = [
        reading
        for reading in row["readings"]
        if reading["on"] <= today and (row["period"] != YEARLY or reading["on"].year == today.year)
    ]
    return known[0] if known else None


def _counted(id_: str, counts: Mapping[str, int]) -> tuple[int | None, Message]:
    if id_ in _COUNTED and counts["with_revenue"]:
        note = Message(COUNTED_FIRMS, {"firms": counts["firms"], "known": counts["with_revenue"]})
        return counts[_COUNTED[id_]], note
    if id_ == _LISTED and counts["with_listing"]:
        values = {"firms": counts["firms"], "known": counts["with_listing"], "since": PLAN_START}
        return counts["newly_listed"], Message(COUNTED_LISTED, values)
    return None, Message(UNREPORTED)


def _counted_at_events(id_: str, events: Tally) -> tuple[int, Message] | None:
    from matching.events.desk import RULE

    counted = {FIRMS_SERVED: events.firms, CHAIN_LEADERS: events.leaders, INTENTIONS: events.intentions}
    if id_ not in counted or not events.meetings:
        return None
    values = {"meetings": events.meetings, "unconfirmed": events.unconfirmed, "rule": Message(RULE)}
    return counted[id_], Message(COUNTED_INTENTIONS if id_ == INTENTIONS else COUNTED_EVENTS, values)


def stand(rows: Iterable[Row], counts: Mapping[str, int], today: date, events: Tally | None = None) -> list[Progress]:
    """Return where each target stands out of what offices reported and what the graph and this year's events count."""
    found = []
    for row in rows:
        said = {key: row[key] for key in ("id", "name", "unit", "period", "comparison", "quote")}
        if reading := _reading(row, today):
            note = Message(REPORTED, {key: reading[key] for key in ("basis", "by", "on")})
            value, standing, on, sample = reading["value"], Standing.REPORTED, reading["on"], False
        elif events and (at_events := _counted_at_events(row["id"], events)):
            (value, note), on, sample, standing = at_events, today, events.sample, Standing.COUNTED
        else:
            value, note = _counted(row["id"], counts)
            standing = Standing.MISSING if value is None else Standing.COUNTED
            on, sample = (None, False) if value is None else (today, bool(counts["sample"]))
        found.append(
            Progress(**said, target=row["value"], value=value, standing=standing, note=note, on=on, sample=sample)
        )
    return found


def target_rows(store: Store) -> list[Row]:
    """Targets of the plan, each with what offices reported of it."""
    return store.read(queries.list_targets)


def progress(store: Store, today: date) -> list[Progress]:
    """Where every target of the plan stands today."""
    counts = store.one(queries.count_local_firms, district=load_district(store).code, since=PLAN_START) or {}
    from matching.events.desk.outcomes import tally

    return stand(target_rows(store), counts, today, tally(store, today.year, today))


def record_reading(
    store: Store, target: str, value: float, *, on: date, basis: str, by: str, at: datetime
) -> TargetReading:
    """Write down where a target stands; a later reading stands in its place.

    Raises:
        NotFound: when there is no such target; its ``target-`` may be left out.
        ReadingInvalid, ReadingInFuture, ReadingWithoutBasis, NobodyNamed: when the reading cannot be.
    """
    if not isfinite(value) or value < 0:
        raise ReadingInvalid(where="value", value=value)
    if on > at.date():
        raise ReadingInFuture(where="on", on=on)
    if not basis.strip():
        raise ReadingWithoutBasis(where="basis")
    if not by.strip():
        raise NobodyNamed(where="by")
    full = target.strip() if target.strip().startswith("target-") else f"target-{target.strip()}"
    reading = TargetReading(name=full, target=full, value=value, on=on, basis=basis, by=by, at=at)
    row = reading.model_dump(exclude_none=True)
    if not store.write(lambda tx: tx.run(queries.append_target_reading, target=full, reading=row)):
        raise NotFound(id=target)
    return reading
