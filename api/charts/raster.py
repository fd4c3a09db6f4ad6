"""A picture as PNG, for Word; needs a Chinese font on this machine, and says when there is none."""

from __future__ import annotations

from functools import cache

import vl_convert

from api.charts.ink import FONT

SCALE = 2.0
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><text y="24" font-family="{}">{}</text></svg>'


def to_png(svg: str) -> bytes:
    """The same picture as PNG at twice its size."""
    return bytes(vl_convert.svg_to_png(svg, scale=SCALE))


@cache
def has_chinese_font() -> bool:
    """Whether two different characters come out as two different pictures: without a font both are the same box."""
    one, other = (to_png(_PROBE.format(FONT, text)) for text in "链业")
    return one != other
