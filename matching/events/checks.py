"""What contradicts itself in an event, found before anything is solved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from graph.messages import N_, Message
from matching.events.errors import Problem
from matching.events.model import Event, Meeting, Must, Never, Pair


def check(event: Event) -> tuple[Problem, ...]:
    """Every problem of the event, in the order of its fields."""
    unknown = (*_lists(event), *_participants(event), *_ends(event), *_halls(event))
    return unknown or (*_pairs(event), *_pins(event), *_loads(event), *_places(event), *_locks_apart(event))


def key(a: str, b: str) -> tuple[str, str]:
    """The pair, whichever way round it is named."""
    return (a, b) if a <= b else (b, a)


def _repeats(values: Iterable[object]) -> Iterator[tuple[int, object]]:
    seen = set()
    for index, value in enumerate(values):
        if value in seen:
            yield index, value
        seen.add(value)


def _lists(event: Event) -> Iterator[Problem]:
    if not event.slots:
        yield Problem("slots", Message(N_("一个时段也没有，请至少写一个")))
    if not event.tables:
        yield Problem("tables", Message(N_("一张桌子也没有，请至少写一张")))
    for name, values in (("slots", event.slots), ("tables", event.tables)):
        for index, value in _repeats(values):
            yield Problem(f"{name}[{index}]", _repeated(value))
    for index, value in _repeats(one.id for one in event.participants):
        sentence = N_("参会方“{id}”登记了不止一次，请合并为一条")
        yield Problem(f"participants[{index}].id", Message(sentence, {"id": value}))


def _participants(event: Event) -> Iterator[Problem]:
    slots = set(event.slots)
    for index, one in enumerate(event.participants):
        if one.max is not None and one.min > one.max:
            values: dict[str, object] = {"id": one.id, "min": one.min, "max": one.max}
            sentence = N_("“{id}”的最少场数 {min} 大于最多场数 {max}，请改其中之一")
            yield Problem(f"participants[{index}].min", Message(sentence, values))
        for place, slot in enumerate(one.away):
            if slot not in slots:
                yield Problem(f"participants[{index}].away[{place}]", _unknown_slot(slot))


def _unknown_slot(slot: str) -> Message:
    return Message(N_("没有时段“{id}”，请改为 slots 中的一个"), {"id": slot})


def _unknown_table(table: str) -> Message:
    return Message(N_("没有桌号“{id}”，请改为 tables 中的一个"), {"id": table})


def _repeated(value: object) -> Message:
    return Message(N_("“{id}”出现了不止一次，请删去重复的"), {"id": value})


def _ends(event: Event) -> Iterator[Problem]:
    ids, slots, tables = {one.id for one in event.participants}, set(event.slots), set(event.tables)
    lists: tuple[tuple[str, Sequence[Pair | Must | Never | Meeting]], ...] = (
        ("pairs", event.pairs),
        ("must", event.must),
        ("never", event.never),
        ("locked", event.locked),
    )
    for name, entries in lists:
        for index, entry in enumerate(entries):
            for end, value in (("a", entry.a), ("b", entry.b)):
                if value not in ids:
                    sentence = N_("没有参会方“{id}”，请先登记或改正编号")
                    yield Problem(f"{name}[{index}].{end}", Message(sentence, {"id": value}))
            if entry.a == entry.b:
                sentence = N_("“{id}”不能与自己会面，请改其中一方")
                yield Problem(f"{name}[{index}].b", Message(sentence, {"id": entry.a}))
            if isinstance(entry, Must | Meeting):
                if entry.slot is not None and entry.slot not in slots:
                    yield Problem(f"{name}[{index}].slot", _unknown_slot(entry.slot))
                if entry.table is not None and entry.table not in tables:
                    yield Problem(f"{name}[{index}].table", _unknown_table(entry.table))


def _halls(event: Event) -> Iterator[Problem]:
    """Halls have tables of the event, each table is in one, and ways lead between them."""
    seen: set[str] = set()
    for at, hall in enumerate(event.halls):
        for place, table in enumerate(hall.tables):
            if table not in event.tables:
                yield Problem(f"halls[{at}].tables[{place}]", _unknown_table(table))
            elif table in seen:
                yield Problem(f"halls[{at}].tables[{place}]", _repeated(table))
            seen.add(table)
    for index, value in _repeats(hall.id for hall in event.halls):
        yield Problem(f"halls[{index}].id", _repeated(value))
    known = {hall.id for hall in event.halls}
    for at, way in enumerate(event.travel):
        for end, value in (("a", way.a), ("b", way.b)):
            if value not in known:
                sentence = N_("没有会场“{id}”，请改为 halls 中的一个")
                yield Problem(f"travel[{at}].{end}", Message(sentence, {"id": value}))
        if way.a == way.b:
            sentence = N_("“{id}”到自身不需要走动，请删去或改其中一方")
            yield Problem(f"travel[{at}].b", Message(sentence, {"id": way.a}))
    for index, _way in _repeats(key(way.a, way.b) for way in event.travel):
        way = event.travel[index]
        sentence = N_("{a} 与 {b} 在此出现了不止一次（不分先后），请只留一条")
        yield Problem(f"travel[{index}]", Message(sentence, {"a": way.a, "b": way.b}))
    if event.travel:
        for table in (table for table in event.tables if table not in seen):
            yield Problem("halls", Message(N_("写了走动时间，但“{id}”桌不在任何会场里，请补上"), {"id": table}))


def _locks_apart(event: Event) -> Iterator[Problem]:
    """Locks nobody can get to both of."""
    from matching.events.travel import clashes

    for one, other in clashes(event, event.locked):
        index = event.locked.index(other)
        values: dict[str, object] = {"a": one.a, "b": one.b, "slot": one.slot, "table": one.table}
        sentence = N_("与 {a}、{b} 锁定在时段“{slot}”“{table}”桌的会面隔着会场，来不及走动，请改其中之一")
        yield Problem(f"locked[{index}]", Message(sentence, values))


def _pairs(event: Event) -> Iterator[Problem]:
    lists: tuple[tuple[str, Sequence[Pair | Must | Never | Meeting]], ...] = (
        ("pairs", event.pairs),
        ("must", event.must),
        ("never", event.never),
        ("locked", event.locked),
    )
    for name, entries in lists:
        for index, _pair in _repeats(key(entry.a, entry.b) for entry in entries):
            a, b = entries[index].a, entries[index].b
            sentence = N_("{a} 与 {b} 在此出现了不止一次（不分先后），请只留一条")
            yield Problem(f"{name}[{index}]", Message(sentence, {"a": a, "b": b}))
    never = {key(entry.a, entry.b) for entry in event.never}
    asked: tuple[tuple[str, Sequence[Must | Meeting]], ...] = (("must", event.must), ("locked", event.locked))
    for name, pins in asked:
        for index, pin in enumerate(pins):
            if key(pin.a, pin.b) in never:
                sentence = N_("{a} 与 {b} 既要求会面又禁止会面，请删去其中之一")
                yield Problem(f"{name}[{index}]", Message(sentence, {"a": pin.a, "b": pin.b}))


def _pins(event: Event) -> Iterator[Problem]:
    locked = {key(entry.a, entry.b): entry for entry in event.locked}
    for index, must in enumerate(event.must):
        lock = locked.get(key(must.a, must.b))
        if lock and (must.slot not in (None, lock.slot) or must.table not in (None, lock.table)):
            sentence = N_("{a} 与 {b} 的必见时段或桌号与锁定的不一致，请改为一致")
            yield Problem(f"must[{index}]", Message(sentence, {"a": must.a, "b": must.b}))
    for index, _place in _repeats((entry.slot, entry.table) for entry in event.locked):
        entry = event.locked[index]
        sentence = N_("时段“{slot}”的“{table}”桌锁定了不止一场，请改其中之一")
        yield Problem(f"locked[{index}]", Message(sentence, {"slot": entry.slot, "table": entry.table}))
    people = {one.id: one.people for one in event.participants}
    held: Counter[tuple[str, str]] = Counter()
    for index, entry in enumerate(event.locked):
        for end in (entry.a, entry.b):
            held[end, entry.slot] += 1
            if held[end, entry.slot] > people[end]:
                values: dict[str, object] = {"id": end, "slot": entry.slot, "people": people[end]}
                sentence = N_("“{id}”在时段“{slot}”锁定的场数超过到场人数 {people}，请改其中之一")
                yield Problem(f"locked[{index}]", Message(sentence, values))


def pinned(event: Event) -> dict[tuple[str, str], Must | Meeting]:
    """What has to take place: the musts, and the locks, which say more."""
    found: dict[tuple[str, str], Must | Meeting] = {key(must.a, must.b): must for must in event.must}
    return found | {key(lock.a, lock.b): lock for lock in event.locked}


def _loads(event: Event) -> Iterator[Problem]:
    counts = Counter(end for pair in pinned(event) for end in pair)
    for index, one in enumerate(event.participants):
        if one.max is not None and counts[one.id] > one.max:
            values: dict[str, object] = {"id": one.id, "count": counts[one.id], "max": one.max}
            sentence = N_("“{id}”的必见和锁定共 {count} 场，超过最多场数 {max}，请减少或提高上限")
            yield Problem(f"participants[{index}].max", Message(sentence, values))


def _places(event: Event) -> Iterator[Problem]:
    """Whether each pinned pair has a slot in which both are there."""
    away = {one.id: frozenset(one.away) for one in event.participants}
    asked: tuple[tuple[str, Sequence[Must | Meeting]], ...] = (("must", event.must), ("locked", event.locked))
    for name, pins in asked:
        for index, pin in enumerate(pins):
            slots = event.slots if pin.slot is None else (pin.slot,)
            if any(slot not in away[pin.a] and slot not in away[pin.b] for slot in slots):
                continue
            values: dict[str, object] = {"a": pin.a, "b": pin.b, "slot": pin.slot or ""}
            yield Problem(f"{name}[{index}]", Message(NOT_THERE if pin.slot else NEVER_BOTH_THERE, values))


NOT_THERE = N_("{a} 与 {b} 在时段“{slot}”不能都到场，请换时段或改其缺席时段")
NEVER_BOTH_THERE = N_("{a} 与 {b} 没有双方都到场的时段，请改其缺席时段或取消必见")
