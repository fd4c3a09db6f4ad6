"""Sentences for people, kept apart from their values until somebody chooses a language.

The Chinese template is the message's identity (gettext's msgid); ``api.i18n`` renders it in another language.
Below ``api`` nothing knows which language the reader wants.
"""

from __future__ import annotations

from dataclasses import dataclass, field


def N_(template: str) -> str:  # noqa: N802  gettext's conventional name for "mark, do not translate yet"
    """Mark ``template`` for translation and return it unchanged."""
    return template


@dataclass(frozen=True)
class Message:
    """A template marked with ``N_`` and the values for its ``{placeholders}``."""

    template: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in Chinese."""
        return self.template.format(**self.values)
