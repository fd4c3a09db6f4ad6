"""A first timetable: edge colouring by Kempe chains.

Slots are colours and talks are edges. Between two sides with nobody away, a talk always finds a slot as long as no
party has more talks than slots (König), and slots can always be evened out to the number of tables (de Werra,
McDiarmid); so there everything is placed whenever that is possible at all. With pins and absences it is a start.
"""

from __future__ import annotations

from collections.abc import Sequence

from matching.events.board import UNPLACED, Board
from matching.events.hall import Hall, Talk


def colour(hall: Hall, talks: Sequence[Talk]) -> list[int]:
    """A slot for every talk, or ``UNPLACED``."""
    board = _split(hall, talks)
    order = sorted(range(len(talks)), key=lambda at: (not talks[at].pinned, talks[at].allowed.bit_count(), at))
    for talk in order:
        _insert(board, talk)
    _even_out(board)
    for talk in order:  # what the evening out threw away, where a table is free
        if board.slot[talk] == UNPLACED:
            _insert(board, talk, within_tables=True)
    return board.slot


def _split(hall: Hall, talks: Sequence[Talk]) -> Board:
    """A board on which a party of several people is several parties, its talks shared out evenly."""
    first: list[int] = []
    limits: list[int] = []
    for people in (*hall.people, *(1,) * hall.tables):
        first.append(len(limits))
        limits.extend([1] * people)
    taken = [0] * len(first)
    uses = []
    for talk in talks:
        own = []
        for resource in hall.resources(talk):
            people = hall.limits_of(resource)
            own.append(first[resource] + taken[resource] % people)
            taken[resource] += 1
        uses.append(tuple(own))
    return Board(talks, uses, limits, hall.slots, hall.tables)


def _insert(board: Board, talk: int, within_tables: bool = False) -> bool:
    slots = sorted(board.talks[talk].slots(), key=lambda slot: (board.load[slot] >= board.tables, slot))
    if within_tables:
        slots = [slot for slot in slots if board.load[slot] < board.tables]
    for slot in slots:
        if board.fits(talk, slot):
            board.put(talk, slot)
            return True
    for slot in slots:
        for other in range(board.slots):
            if other == slot:
                continue
            moves = board.chain(talk, slot, other)
            if moves is not None and (not within_tables or board.roomy(moves)):
                board.apply(moves)
                return True
    return False


def _even_out(board: Board) -> None:
    """Move talks from slots with too many for the tables to slots with room; what cannot be moved is taken away."""
    for slot in range(board.slots):
        while board.load[slot] > board.tables and _relieve(board, slot):
            pass
        here = board.here[slot]
        by_worth = sorted(here, key=lambda talk: (board.talks[talk].pinned, board.talks[talk].score))
        for talk in by_worth[: max(0, board.load[slot] - board.tables)]:
            board.put(talk, UNPLACED)


def _relieve(board: Board, slot: int) -> bool:
    here = sorted(board.here[slot])
    for other in sorted(range(board.slots), key=lambda at: board.load[at]):
        if board.load[other] >= board.tables:
            return False
        for talk in here:
            moves = board.chain(talk, other, slot)
            if moves is None:
                continue
            after = board.loads_after(moves)
            if after[slot] < board.load[slot] and after[other] <= board.tables:
                board.apply(moves)
                return True
    return False
