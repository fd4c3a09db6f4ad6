"""The map of a chain: its segments by stream, each with class, confirmed and uncertain firms, and priority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.charts.ink import CLASS_ORDER, DASHED, colour, fitted, mark, sheet, width, words
from api.i18n import _
from api.titles import VALUES
from graph.model import Stream
from matching.gaps.classify import CLASS_TITLES

if TYPE_CHECKING:
    from matching.gaps import Board, SegmentAssessment

WIDE, EDGE, GAP = 1120.0, 10.0, 14.0
CARD, STEP = 38.0, 43.0
STREAMS = (Stream.UPSTREAM, Stream.MIDSTREAM, Stream.DOWNSTREAM)


def draw_map(board: Board, chain: str) -> str:
    """Draw a chain of the board as SVG."""
    name = board.by_chain[chain].chain.name
    found = sorted(board.of(chain), key=lambda one: (one.segment.order, one.segment.id))
    room = (WIDE - 2 * EDGE - 2 * GAP) / 3
    drawn = [words(_("{chain}产业链图谱").format(chain=name), EDGE, 26, 18, bold=True)]
    lowest = 44.0
    for number, stream in enumerate(STREAMS):
        members = [one for one in found if one.segment.stream is stream]
        x = EDGE + number * (room + GAP)
        drawn += _head(_(VALUES[stream]), len(members), x, 58, room)
        for place, one in enumerate(members):
            drawn += _card(one, x, 68 + place * STEP, room)
        lowest = max(lowest, 68 + len(members) * STEP)
    beside = [one for one in found if one.segment.stream is Stream.SUPPORTING]
    if beside:
        drawn += _head(_(VALUES[Stream.SUPPORTING]), len(beside), EDGE, lowest + 20, WIDE - 2 * EDGE)
        for place, one in enumerate(beside):
            drawn += _card(one, EDGE + place % 3 * (room + GAP), lowest + 30 + place // 3 * STEP, room)
        lowest += 30 + -(-len(beside) // 3) * STEP
    drawn += _legend(board, chain, lowest + 22)
    return sheet(WIDE, lowest + 36, _("{chain}产业链图谱").format(chain=name), drawn)


def _head(title: str, count: int, x: float, y: float, room: float) -> list[str]:
    line = f'<path d="M{x:g} {y + 5:g}h{room:g}" stroke="{colour("line")}" stroke-width="1.5"/>'
    return [words(f"{title} {count}", x, y, 14, fill="soft", bold=True), line]


def _card(one: SegmentAssessment, x: float, y: float, room: float) -> list[str]:
    kind = one.gap_class
    dash = ' stroke-dasharray="5 3"' if kind in DASHED else ""
    title = _(CLASS_TITLES[kind])
    firms = _("确认 {confirmed} 家").format(confirmed=len(one.confirmed))
    if one.uncertain:
        firms += " · " + _("待确认 {uncertain}").format(uncertain=len(one.uncertain))
    if one.is_gap:
        firms += " · " + _("优先 {score}").format(score=one.priority.score)
    ground, line = colour(f"{kind.value}-ground"), colour(kind.value)
    return [
        f'<rect x="{x + 0.6:g}" y="{y + 0.6:g}" width="{room - 1.2:g}" height="{CARD - 1.2:g}" rx="5" fill="{ground}" '
        f'stroke="{line}" stroke-width="1"{dash}/>',
        f'<rect x="{x:g}" y="{y:g}" width="5" height="{CARD:g}" fill="{line}"/>',
        mark(kind, x + 12, y + 4),
        words(fitted(one.segment.name, 14, room - 50 - width(title, 12)), x + 32, y + 16, 14, bold=True),
        words(title, x + room - 10, y + 16, 12, fill=kind.value, anchor="end"),
        words(fitted(firms, 12, room - 44), x + 32, y + 32, 12, fill="soft"),
    ]


def _legend(board: Board, chain: str, y: float) -> list[str]:
    drawn, x = [], EDGE
    for kind in CLASS_ORDER:
        count = board.by_chain[chain].classes.get(kind, 0)
        if count:
            text = f"{_(CLASS_TITLES[kind])} {count}"
            drawn += [mark(kind, x, y - 11, 13), words(text, x + 18, y, 12, fill="soft")]
            x += 18 + width(text, 12) + 20
    drawn.append(words(_("待确认企业不计入任何数值"), WIDE - EDGE, y, 12, fill="faint", anchor="end"))
    return drawn
