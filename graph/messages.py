"""Sentences for people, kept apart from their values until somebody chooses a language.

The Chinese template is the message's identity (gettext's msgid); ``api.i18n`` renders it in another language.
Below ``api`` nothing knows which language the reader wants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self


def N_(template: str) -> str:  # noqa: N802  gettext's conventional name for "mark, do not translate yet"
    """Mark ``template`` for translation and return it unchanged."""
    return template


class Listed(str):
    """Several words in one value: text with the Chinese comma, the words kept for other languages.

    What goes beyond ``limit`` words is shown as an ellipsis.
    """

    __slots__ = ("words",)
    words: tuple[str, ...]

    def __new__(cls, words: Iterable[str], limit: int | None = None) -> Self:
        """Join the words."""
        given = tuple(words)
        shown = given[:limit]
        text = super().__new__(cls, "、".join(shown) + ("…" if len(given) > len(shown) else ""))
        text.words = given if len(given) == len(shown) else (*shown[:-1], f"{shown[-1]}…")
        return text


@dataclass(frozen=True)
class Message:
    """A template marked with ``N_`` and the values for its ``{placeholders}``."""

    template: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in Chinese."""
        return self.template.format(**self.values)
