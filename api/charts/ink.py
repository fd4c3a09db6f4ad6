"""Colours, marks and words of the pictures: those of the pages in their light theme, since paper is light."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib.resources import files
from unicodedata import east_asian_width

from matching.gaps import GapClass

FONT = "Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, SimHei, Source Han Sans SC, PingFang SC, sans-serif"
DASHED = {GapClass.MISSING, GapClass.UNVERIFIED}
CLASS_ORDER = (
    GapClass.MISSING,
    GapClass.AT_RISK,
    GapClass.WEAK,
    GapClass.EXTENSION,
    GapClass.UNVERIFIED,
    GapClass.NORMAL,
    GapClass.STRONG,
    GapClass.NOT_APPLICABLE,
)
"""Classes as pages and pictures show them: what asks for action first."""


@cache
def _tokens() -> dict[str, str]:
    css = (files("api.web") / "static" / "base.css").read_text("utf-8")
    light = css[css.index(":root {") : css.index("}")]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))


def colour(name: str) -> str:
    """A colour of the pages' light theme by its name."""
    return _tokens()[name]


@cache
def _symbols() -> dict[str, str]:
    html = (files("api.web") / "templates" / "icons.html").read_text("utf-8")
    return dict(re.findall(r'<symbol id="i-([\w-]+)" viewBox="0 0 16 16">(.*?)</symbol>', html))


def mark(kind: GapClass, x: float, y: float, size: float = 14) -> str:
    """The mark of a class, as on the pages: told apart without colour."""
    drawn = _symbols()[kind.value].replace("currentColor", colour(kind.value)).replace("var(--surface)", "#ffffff")
    return f'<g transform="translate({x:g} {y:g}) scale({size / 16:g})">{drawn}</g>'


def width(text: str, size: float) -> float:
    """About how wide a text is, in the units of ``size``."""
    return sum(size if east_asian_width(c) in "WFA" else size * 0.56 for c in text)


def fitted(text: str, size: float, room: float) -> str:
    """The text, cut to fit."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def words(
    text: str, x: float, y: float, size: float = 13, *, fill: str = "ink", anchor: str = "start", bold: bool = False
) -> str:
    """A line of text; ``anchor`` is start, middle or end."""
    look = f'font-size="{size:g}" fill="{colour(fill)}" text-anchor="{anchor}"' + (' font-weight="700"' if bold else "")
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(text, quote=False)}</text>'


def sheet(wide: float, high: float, title: str, drawn: list[str]) -> str:
    """The whole picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}" '
        f'font-family="{FONT}" role="img"><title>{escape(title, quote=False)}</title>'
        f'<rect width="{wide:g}" height="{high:g}" fill="#ffffff"/>{"".join(drawn)}</svg>'
    )
