"""Which pairs meet: the greatest value that serves as many parties as can be served.

First every SME its first meeting, then everybody its minimum, then the sum of scores; under each party's maximum and
the room there is. Where the pairs fall into two sides (leaders and the rest) it is a flow of least cost, else an
integer program; both are exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from matching.events.clock import Clock
from matching.events.hall import Hall


@dataclass(frozen=True)
class Selection:
    """Positions of the chosen talks, and the value no other choice exceeds."""

    chosen: tuple[int, ...]
    bound: float


def select(hall: Hall, clock: Clock) -> Selection:
    """Choose talks; the pinned ones are always among them."""
    from matching.events.flow import by_flow
    from matching.events.program import by_program

    sides = two_sides(hall)
    found = by_flow(hall, sides) if sides is not None else None
    if found is None:
        chosen, bound = by_program(hall, clock)
        return Selection(chosen, max(bound, worth(hall, chosen)))
    return Selection(found, worth(hall, found))


def worth(hall: Hall, chosen: tuple[int, ...]) -> float:
    """Sum of the scores."""
    return math.fsum(hall.talks[at].score for at in chosen)


def degrees(hall: Hall, chosen: tuple[int, ...]) -> list[int]:
    """Meetings by party."""
    found = [0] * len(hall.people)
    for at in chosen:
        found[hall.talks[at].a] += 1
        found[hall.talks[at].b] += 1
    return found


def unmet(hall: Hall, chosen: tuple[int, ...]) -> int:
    """How far a choice is from what is asked for; a party left out weighs more than all minimums together."""
    weight = sum(hall.need) + 1
    missing = 0
    for party, got in enumerate(degrees(hall, chosen)):
        missing += max(0, hall.need[party] - got)
        missing += weight if hall.served[party] and not got else 0
    return missing


def two_sides(hall: Hall) -> list[bool] | None:
    """A side for each party so that every talk joins both sides; none if there is no such."""
    side: list[bool | None] = [None] * len(hall.people)
    for start in range(len(side)):
        if side[start] is not None:
            continue
        side[start] = True
        queue = [start]
        while queue:
            at = queue.pop()
            for other in hall.partners[at]:
                if side[other] is None:
                    side[other] = not side[at]
                    queue.append(other)
                elif side[other] == side[at]:
                    return None
    return [bool(value) for value in side]
