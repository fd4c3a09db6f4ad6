"""The gaps of a chain by priority: one bar a gap, out of a hundred, in the parts that sum to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.charts.ink import colour, fitted, mark, sheet, width, words
from api.i18n import _
from matching.gaps.priority import PART_TITLES

if TYPE_CHECKING:
    from matching.gaps import Board

WIDE, EDGE, STEP, MOST = 1120.0, 10.0, 27.0, 20
LEFT, RIGHT = 240.0, 1060.0


def draw_priorities(board: Board, chain: str) -> str:
    """Draw the gaps of a chain as SVG, the most urgent ``MOST`` of them."""
    title = _("{chain}产业链缺口优先级及其组成").format(chain=board.by_chain[chain].chain.name)
    gaps = board.gaps(chain)[:MOST]
    drawn = [words(title, EDGE, 26, 18, bold=True)]
    bottom = 50 + max(len(gaps), 1) * STEP
    for tick in range(0, 101, 20):
        x = LEFT + (RIGHT - LEFT) * tick / 100
        drawn.append(f'<path d="M{x:g} 46V{bottom:g}" stroke="{colour("line-soft")}"/>')
        drawn.append(words(str(tick), x, bottom + 15, 11, fill="faint", anchor="middle"))
    for number, one in enumerate(gaps):
        y, x = 50 + number * STEP, LEFT
        drawn += [mark(one.gap_class, EDGE, y + 4), words(fitted(one.segment.name, 13, 200), EDGE + 20, y + 16)]
        for place, part in enumerate(one.priority.parts, 1):
            length = (RIGHT - LEFT) * part.points / 100
            if part.points:
                fill = colour(f"part-{place}")
                drawn.append(f'<rect x="{x:g}" y="{y + 3:g}" width="{length:g}" height="17" fill="{fill}"/>')
                if part.points >= 4:
                    number_words = words(str(part.points), x + length / 2, y + 16, 11, fill="surface", anchor="middle")
                    drawn.append(number_words)
            x += length
        drawn.append(words(str(one.priority.score), x + 8, y + 16, 13, bold=True))
    if not gaps:
        drawn.append(words(_("目前没有可以断定的缺口。"), LEFT, 70, 13, fill="soft"))
    x = LEFT
    for place, part_title in enumerate(PART_TITLES.values(), 1):
        drawn.append(f'<rect x="{x:g}" y="{bottom + 25:g}" width="12" height="12" fill="{colour(f"part-{place}")}"/>')
        drawn.append(words(_(part_title), x + 18, bottom + 36, 12, fill="soft"))
        x += 18 + width(_(part_title), 12) + 24
    drawn.append(words(_("缺数据的部分得 0 分"), RIGHT, bottom + 36, 12, fill="faint", anchor="end"))
    return sheet(WIDE, bottom + 46, title, drawn)
