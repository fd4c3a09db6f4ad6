"""A table for each meeting: pinned ones first, each leader at one table all day, few changes for the others.

Whoever of the two has a home (leaders first, then who has most meetings) keeps it; parties that never meet in the
same slot share one. Within a slot the tables are given out at least cost (the assignment problem).
"""

from __future__ import annotations

from collections.abc import Sequence

from matching.events.hall import Hall, Talk

AWAY_FROM_HOME, LEADER_AWAY, NEW_TABLE, PIN_OF_ANOTHER = 4, 100, 1, 1_000_000


def seat(hall: Hall, talks: Sequence[Talk], slots: Sequence[int]) -> list[int]:
    """A table for every talk; talks with a table keep it."""
    from scipy.optimize import linear_sum_assignment

    hosts = _hosts(hall, talks)
    homes = _homes(hall, talks, slots, hosts)
    seen: list[set[int]] = [set() for _ in hall.people]
    for talk in talks:
        if talk.table is not None:
            seen[talk.a].add(talk.table)
            seen[talk.b].add(talk.table)
    found = [0] * len(talks)
    for slot in sorted(set(slots)):
        here = [at for at, given in enumerate(slots) if given == slot]
        costs = [_costs(hall, talks[at], hosts[at], homes[hosts[at]], seen) for at in here]
        for at, table in zip(here, linear_sum_assignment(costs)[1], strict=True):
            found[at] = int(table)
            seen[talks[at].a].add(int(table))
            seen[talks[at].b].add(int(table))
    return found


def changes(hall: Hall, talks: Sequence[Talk], tables: Sequence[int]) -> int:
    """Tables each party sits at beyond its first, over all parties."""
    seen: list[set[int]] = [set() for _ in hall.people]
    for talk, table in zip(talks, tables, strict=True):
        seen[talk.a].add(table)
        seen[talk.b].add(table)
    return sum(max(0, len(own) - 1) for own in seen)


def _hosts(hall: Hall, talks: Sequence[Talk]) -> list[int]:
    """The party of each talk to whose table the other comes."""
    count = [0] * len(hall.people)
    for talk in talks:
        count[talk.a] += 1
        count[talk.b] += 1
    return [max((talk.a, talk.b), key=lambda party: (hall.leader[party], count[party], -party)) for talk in talks]


def _homes(hall: Hall, talks: Sequence[Talk], slots: Sequence[int], hosts: list[int]) -> dict[int, int]:
    """A table for each host, taken by nobody else in its slots where that is possible."""
    busy: dict[int, int] = dict.fromkeys(hosts, 0)
    taken = [0] * hall.tables
    pins: dict[int, list[int]] = {host: [] for host in hosts}
    for talk, slot, host in zip(talks, slots, hosts, strict=True):
        if talk.table is None:
            busy[host] |= 1 << slot
        else:
            taken[talk.table] |= 1 << slot
            pins[host].append(talk.table)
    homes = {}
    for host in sorted(busy, key=lambda at: (not hall.leader[at], not pins[at], -busy[at].bit_count(), at)):
        own, mask = pins[host], busy[host]
        homes[host] = min(
            range(hall.tables),
            key=lambda table: (
                ((taken[table] & mask).bit_count(), -own.count(table), -taken[table].bit_count(), table)
                if hall.tables < len(busy)
                else ((taken[table] & mask).bit_count(), -own.count(table), taken[table].bit_count(), table)
            ),
        )
        taken[homes[host]] |= mask
    return homes


def _costs(hall: Hall, talk: Talk, host: int, home: int, seen: Sequence[set[int]]) -> list[int]:
    """What each table costs a talk."""
    if talk.table is not None:
        return [0 if table == talk.table else PIN_OF_ANOTHER for table in range(hall.tables)]
    cost = [LEADER_AWAY if hall.leader[host] else AWAY_FROM_HOME] * hall.tables
    cost[home] = 0
    for party in (talk.a, talk.b):
        for table in range(hall.tables):
            cost[table] += NEW_TABLE if seen[party] and table not in seen[party] else 0
    return cost
