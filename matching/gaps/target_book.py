"""Targets of one segment, or of every gap of a chain, with the segments a chain could be extended by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.errors import NotFound
from graph.messages import N_, Message
from matching.gaps.board import Board, SegmentAssessment
from matching.gaps.facts import ChainFact
from matching.gaps.targets.conditions import Condition
from matching.gaps.targets.target import TargetList, target_list
from matching.gaps.view import View

NONE_RELATED = N_("该链没有比常见程度更常与本区已有环节在一起的环节；{unknown} 个环节数据不足，无法判断")


@dataclass(frozen=True)
class TargetBook:
    """Target lists in the order of the gaps' priority; ``chain`` when they are those of a chain.

    ``extensions`` are segments of the chain, or the one asked for, that are not here and related to what is, the
    nearest first; ``note`` says why there is none. ``withheld`` when amounts were taken out for whoever asks.
    """

    board: Board
    chain: ChainFact | None
    lists: tuple[TargetList, ...]
    extensions: tuple[SegmentAssessment, ...]
    note: Message | None
    withheld: bool = False

    @cached_property
    def sample(self) -> bool:
        """Whether made-up data is in it."""
        return any(found.sample for found in self.lists) or any(found.sample for found in self.extensions)

    def assessment(self, found: TargetList) -> SegmentAssessment:
        """The board's view of a list's segment."""
        return self.board.by_segment[found.segment.id]


def _extensions(found: Sequence[SegmentAssessment]) -> tuple[tuple[SegmentAssessment, ...], Message | None]:
    near = [one for one in found if one.figures["relatedness"].value]
    if not near:
        absent = [one for one in found if not one.confirmed]
        notes = [one.figures["relatedness"].note for one in absent if one.figures["relatedness"].missing]
        if len(notes) == len(absent) and len({note.template for note in notes}) == 1 and notes:
            return (), notes[0]
        return (), Message(NONE_RELATED, {"unknown": len(notes)})
    ordered = sorted(near, key=lambda one: (-(one.figures["relatedness"].value or 0.0), one.segment.id))
    return tuple(ordered), None


def target_book(board: Board, view: View, ref: str, conditions: Sequence[Condition] = ()) -> TargetBook:
    """Return the targets of a segment, or of the gaps of a chain by priority; ``ref`` is an id or a name.

    Raises:
        NotFound: when there is neither.
    """
    wanted = ref.strip()
    chain = next((one.chain for one in board.chains if wanted in (one.chain.id, one.chain.name)), None)
    if chain:
        segments = [one.segment.id for one in board.gaps(chain.id)]
        near, note = _extensions(board.of(chain.id))
    else:
        named = [one for one in board.segments if wanted in (one.segment.id, one.segment.name)]
        if not named:
            raise NotFound(id=ref)
        segments = [one.segment.id for one in named]
        near, note = _extensions(named)
    return TargetBook(board, chain, tuple(target_list(view, one, conditions) for one in segments), near, note)
