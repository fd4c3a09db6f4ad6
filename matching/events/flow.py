"""Selection between two sides, as a flow of least cost.

source → one side → talks → other side → sink. A party's first meetings run over arcs that pay a bonus: one for each
meeting it asked for, a larger one for an SME's first. A bonus outweighs all scores together, so the tiers are kept in
whole numbers. Scores keep six digits.
"""

from __future__ import annotations

from matching.events.hall import Hall
from matching.events.selection import degrees

DIGITS = 1_000_000


def by_flow(hall: Hall, side: list[bool]) -> tuple[int, ...] | None:
    """Positions of the chosen talks; none when the numbers are too large for whole-number arithmetic."""
    import numpy as np
    from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

    fixed = tuple(at for at, talk in enumerate(hall.talks) if talk.pinned)
    open_ = [at for at, talk in enumerate(hall.talks) if not talk.pinned]
    room = hall.capacity - len(fixed)
    highest = max((hall.talks[at].score for at in open_), default=0.0)
    scale = DIGITS / max(1.0, highest)
    bonus = 1 + min(len(open_), room) * (round(highest * scale) + 1)
    source, sink = len(hall.people), len(hall.people) + 1
    arcs = [(source, sink, room, 0), *_party_arcs(hall, side, degrees(hall, fixed), bonus)]
    first = len(arcs)
    for at in open_:
        talk = hall.talks[at]
        left, right = (talk.a, talk.b) if side[talk.a] else (talk.b, talk.a)
        arcs.append((left, right, 1, -round(talk.score * scale)))
    if max(abs(cost) for *_, cost in arcs) * max(len(hall.people), room) > 1 << 61:
        return None
    table = np.array(arcs, dtype=np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), table[:, 2], table[:, 3]
    )
    flow.set_node_supply(source, room)
    flow.set_node_supply(sink, -room)
    if flow.solve() != flow.OPTIMAL:
        return None
    taken = flow.flows(np.arange(first, len(arcs), dtype=np.int32))
    return tuple(sorted([*fixed, *(at for at, used in zip(open_, taken, strict=True) if used)]))


def _party_arcs(hall: Hall, side: list[bool], fixed: list[int], bonus: int) -> list[tuple[int, int, int, int]]:
    """Between the source or the sink and each party: its first meeting, the rest of its need, the rest."""
    source, sink = len(hall.people), len(hall.people) + 1
    weight = sum(hall.need) + 1
    arcs = []
    for party, left in enumerate(side):
        ends = (source, party) if left else (party, sink)
        room = hall.most[party] - fixed[party]
        first = int(hall.served[party] and not fixed[party] and room > 0)
        wanted = min(room, max(0, hall.need[party] - fixed[party])) - first
        for capacity, tier in ((first, weight + 1), (wanted, 1), (room - first - wanted, 0)):
            if capacity > 0:
                arcs.append((*ends, capacity, -bonus * tier))
    return arcs
