"""What changed between two days: in sentences, by segment with the facts behind it, by chain, by target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from graph.messages import N_, Listed, Message
from matching.gaps.classify import CLASS_TITLES, GapClass
from matching.gaps.disclosed import GRADED
from matching.gaps.measures import MEASURE_TITLES
from matching.gaps.priority import PART_TITLES
from matching.gaps.settings import ALL, SETTINGS
from matching.gaps.snapshot import ChainRecord, SegmentRecord, Snapshot, TargetRecord
from matching.gaps.tuning import Change as SettingsChange

COVERED = N_("新增覆盖环节 {count} 个：{names}")
UNCOVERED = N_("失去覆盖环节 {count} 个：{names}")
RISK = N_("新增断链风险 {count} 个：{names}")
RISK_GONE = N_("解除断链风险 {count} 个：{names}")
MISSING = N_("新认定缺链 {count} 个：{names}")
MISSING_GONE = N_("补上缺链 {count} 个：{names}")
VERIFIED = N_("完成核实 {count} 个：{names}")
TO_VERIFY = N_("转为待核实 {count} 个：{names}")
FIRMS = N_("新确认企业 {count} 家")
FIRMS_GONE = N_("不再计入企业 {count} 家")
ADDED = N_("目录新增环节 {count} 个：{names}")
REMOVED = N_("目录撤去环节 {count} 个：{names}")
NOTHING = N_("没有变化")

NEW_FIRM = N_("新确认企业：{name}（{evidence}）")
LOST_FIRM = N_("不再计入：{name}")
DOUBTED_FIRM = N_("转为待核实，不再计入：{name}")
NEW_LEAD = N_("新的待核实企业：{name}")
SEARCHED = N_("{on} {by}排查 {sources} 个来源，发现 {found} 家")
NEW_NEED = N_("新需求：{name}")
ENDED_NEED = N_("需求已结束或撤回：{name}")
CHECKED = N_("核查日期由 {before} 更新为 {after}")
EXPIRED = N_("其间没有新的核查（最近一次：{on}），证据已过有效期")
FIGURE = N_("{title}由 {before} 变为 {after}")
TUNED = N_("{title}由 {before} 改为 {after}（{by}，{on}）")
ELSEWHERE = N_("本环节的事实未变，由上下游或全部环节的变化引起")
NEW_SEGMENT = N_("目录新增的环节")
OLD_SEGMENT = N_("目录中已撤去的环节")
UNKNOWN = N_("未知")
NONE_SET = N_("未另设")

_MOVED = 0.005
_NAMED = 5


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """A segment that changed: class and score before and after (None: not there), and because of which facts.

    ``traced`` are the firms whose values can be traced in the scores and figures that are told, by measure.
    """

    id: str
    name: str
    chains: tuple[str, ...]
    before: GapClass | None
    after: GapClass | None
    score_before: int | None
    score_after: int | None
    reasons: tuple[Message, ...]
    traced: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def moved(self) -> bool:
        """Whether the class is another one."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True)
class ChainChange:
    """A chain's figures before and after; a figure that was missing is not in its mapping."""

    id: str
    name: str
    before: Mapping[str, float]
    after: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target of the plan: where it stood and where it stands; None is missing."""

    id: str
    name: str
    target: float
    unit: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Diff:
    """Two days compared. ``headline`` says it in sentences; it is never empty.

    ``withheld`` when scores and figures made of sensitive values are not told: what moved between two days could be
    traced to one firm.
    """

    since: date
    until: date
    headline: tuple[Message, ...]
    segments: tuple[SegmentChange, ...]
    chains: tuple[ChainChange, ...]
    targets: tuple[TargetChange, ...]
    sample: bool = False
    withheld: bool = False


def _shown(name: str, value: float | None) -> object:
    if value is None:
        return Message(UNKNOWN)
    return f"{value:.2f}" if name == "depth" else f"{value:.0%}"


def _facts(before: SegmentRecord, after: SegmentRecord) -> list[Message]:
    """New and gone firms, leads, searches, needs and checks."""
    found = [
        Message(NEW_FIRM, {"name": name, "evidence": said})
        for id_, (name, said) in after.firms.items()
        if id_ not in before.firms
    ]
    found += [
        Message(DOUBTED_FIRM if id_ in after.uncertain else LOST_FIRM, {"name": name})
        for id_, (name, _) in before.firms.items()
        if id_ not in after.firms
    ]
    leads = (name for id_, name in after.uncertain.items() if id_ not in before.uncertain and id_ not in before.firms)
    found += [Message(NEW_LEAD, {"name": name}) for name in leads]
    for search in after.searches:
        if search not in before.searches:
            values = {"on": search.on, "by": search.by, "sources": search.sources, "found": search.found}
            found.append(Message(SEARCHED, values))
    found += [Message(NEW_NEED, {"name": name}) for id_, name in after.needs.items() if id_ not in before.needs]
    found += [Message(ENDED_NEED, {"name": name}) for id_, name in before.needs.items() if id_ not in after.needs]
    if after.firms and before.firms and after.checked_on != before.checked_on:
        unknown = Message(UNKNOWN)
        found.append(Message(CHECKED, {"before": before.checked_on or unknown, "after": after.checked_on or unknown}))
    return found


def _moved(before: SegmentRecord, after: SegmentRecord) -> list[str]:
    """Measures that moved by half a point or more, or became known or unknown."""
    found = []
    for name in MEASURE_TITLES:
        old, new = before.figures.get(name), after.figures.get(name)
        if old != new and (old is None or new is None or abs(old - new) >= _MOVED):
            found.append(name)
    return found


def _figure(name: str, before: SegmentRecord, after: SegmentRecord) -> Message:
    old, new = before.figures.get(name), after.figures.get(name)
    values = {"title": Message(MEASURE_TITLES[name]), "before": _shown(name, old), "after": _shown(name, new)}
    return Message(FIGURE, values)


def _traced(told: Iterable[str], *records: SegmentRecord) -> dict[str, frozenset[str]]:
    """The firms whose values can be traced in the measures ``told`` of some days, by measure."""
    found = {name: frozenset(firm for one in records for firm in one.traced.get(name, ())) for name in told}
    return {name: firms for name, firms in found.items() if firms}


def _tuned(changes: Iterable[SettingsChange], before: SegmentRecord, after: SegmentRecord) -> list[Message]:
    """Settings changed meanwhile: thresholds where the class is another one, weights where the score is."""
    scopes = {ALL, *after.chains}
    moved = {False: before.gap_class is not after.gap_class, True: before.score != after.score}
    return [
        Message(
            TUNED,
            {
                "title": Message(SETTINGS[key].title) if key in SETTINGS else key,
                "before": Message(NONE_SET) if change.before[key] is None else f"{change.before[key]:g}",
                "after": Message(NONE_SET) if value is None else f"{value:g}",
                "by": change.by,
                "on": f"{change.at.astimezone():%Y-%m-%d}",
            },
        )
        for change in changes
        if change.scope in scopes
        for key, value in change.after.items()
        if key not in SETTINGS or moved[SETTINGS[key].weight]
    ]


def _changed(before: SegmentRecord, after: SegmentRecord, settings: Sequence[SettingsChange]) -> SegmentChange | None:
    facts = _facts(before, after)
    figures = _moved(before, after)
    moved = before.gap_class is not after.gap_class
    if not moved and not facts and before.score == after.score:
        return None
    reasons = facts + _tuned(settings, before, after)
    happened = [fact for fact in facts if fact.template != DOUBTED_FIRM]
    if moved and not happened and after.gap_class is GapClass.UNVERIFIED:
        reasons.append(Message(EXPIRED, {"on": before.checked_on or Message(UNKNOWN)}))
    elif not reasons:
        reasons.append(Message(ELSEWHERE))
    return SegmentChange(
        id=after.id,
        name=after.name,
        chains=after.chains,
        before=before.gap_class,
        after=after.gap_class,
        score_before=before.score,
        score_after=after.score,
        reasons=(*reasons, *(_figure(name, before, after) for name in figures)),
        traced=_traced({*PART_TITLES, *figures}, before, after),
    )


def _segments(before: Snapshot, after: Snapshot, settings: Sequence[SettingsChange]) -> Iterable[SegmentChange]:
    for id_, new in after.segments.items():
        if (old := before.segments.get(id_)) is None:
            said, traced = (Message(NEW_SEGMENT),), _traced(PART_TITLES, new)
            yield SegmentChange(id_, new.name, new.chains, None, new.gap_class, None, new.score, said, traced)
        elif change := _changed(old, new, settings):
            yield change
    for id_, old in before.segments.items():
        if id_ not in after.segments:
            said, traced = (Message(OLD_SEGMENT),), _traced(PART_TITLES, old)
            yield SegmentChange(id_, old.name, old.chains, old.gap_class, None, old.score, None, said, traced)


def _counted(template: str, names: Sequence[str]) -> list[Message]:
    if not names:
        return []
    shown = Listed(names, _NAMED)
    return [Message(template, {"count": len(names), "names": shown})]


def _headline(before: Snapshot, after: Snapshot, chain: str | None) -> tuple[Message, ...]:
    def of(snapshot: Snapshot) -> dict[str, SegmentRecord]:
        return {id_: one for id_, one in snapshot.segments.items() if chain is None or chain in one.chains}

    old, new = of(before), of(after)
    both = [(old[id_], one) for id_, one in new.items() if id_ in old]

    def became(kind: GapClass) -> list[str]:
        return [b.name for a, b in both if a.gap_class is not kind and b.gap_class is kind]

    def left(kind: GapClass) -> list[str]:
        return [b.name for a, b in both if a.gap_class is kind and b.gap_class is not kind]

    firms_before = {firm for one in old.values() for firm in one.firms}
    firms_after = {firm for one in new.values() for firm in one.firms}
    found = [
        *_counted(COVERED, [b.name for a, b in both if b.covered and not a.covered]),
        *_counted(UNCOVERED, [b.name for a, b in both if a.covered and not b.covered]),
        *_counted(RISK, became(GapClass.AT_RISK)),
        *_counted(RISK_GONE, left(GapClass.AT_RISK)),
        *_counted(MISSING, became(GapClass.MISSING)),
        *_counted(MISSING_GONE, [b.name for a, b in both if a.gap_class is GapClass.MISSING and b.covered]),
        *_counted(VERIFIED, left(GapClass.UNVERIFIED)),
        *_counted(TO_VERIFY, became(GapClass.UNVERIFIED)),
        *_counted(ADDED, [one.name for id_, one in new.items() if id_ not in old]),
        *_counted(REMOVED, [one.name for id_, one in old.items() if id_ not in new]),
    ]
    if fresh := firms_after - firms_before:
        found.append(Message(FIRMS, {"count": len(fresh)}))
    if gone := firms_before - firms_after:
        found.append(Message(FIRMS_GONE, {"count": len(gone)}))
    return tuple(found) or (Message(NOTHING),)


_ORDER = [None, *CLASS_TITLES]


def _told(snapshot: Snapshot) -> Snapshot:
    """A snapshot without scores and graded measures."""

    def open_only(figures: Mapping[str, float]) -> dict[str, float]:
        return {name: value for name, value in figures.items() if name not in GRADED}

    segments = {
        id_: replace(one, score=None, figures=open_only(one.figures), traced={})
        for id_, one in snapshot.segments.items()
    }
    chains = {id_: replace(one, figures=open_only(one.figures)) for id_, one in snapshot.chains.items()}
    return replace(snapshot, segments=segments, chains=chains)


def compare(
    before: Snapshot,
    after: Snapshot,
    settings: Iterable[SettingsChange] = (),
    chain: str | None = None,
    *,
    withhold: bool = False,
) -> Diff:
    """Return what changed from one day to another, for a chain or all.

    ``settings`` is the whole history of changes; those made between the two count as reasons. Segments whose class
    changed come first, by the class they are in now; with ``withhold`` neither scores nor graded measures are told, and
    nothing follows from them. The same two snapshots give the same answer.
    """
    if withhold:
        before, after = _told(before), _told(after)
    between = [change for change in settings if before.settings < change.number <= after.settings]
    segments = [c for c in _segments(before, after, between) if chain is None or chain in c.chains]
    segments.sort(key=lambda c: (not c.moved, _ORDER.index(c.after), -(c.score_after or 0), c.id))

    chains = [
        ChainChange(id_, one.name, before.chains[id_].figures if id_ in before.chains else {}, one.figures)
        for id_, one in after.chains.items()
        if chain in (None, id_)
    ]
    return Diff(
        since=before.taken_on,
        until=after.taken_on,
        headline=_headline(before, after, chain),
        segments=tuple(segments),
        chains=tuple(chains),
        targets=tuple(_target(before.targets.get(id_), one) for id_, one in after.targets.items()),
        sample=before.sample or after.sample,
        withheld=withhold,
    )


def _target(before: TargetRecord | None, after: TargetRecord) -> TargetChange:
    return TargetChange(after.id, after.name, after.target, after.unit, before.value if before else None, after.value)


__all__ = ["ChainChange", "ChainRecord", "Diff", "SegmentChange", "TargetChange", "compare"]
