"""Sentences for people, kept apart from their values until somebody chooses a language.

The Chinese template is the message's identity (gettext's msgid); ``api.i18n`` renders it in another language.
Below ``api`` nothing knows which language the reader wants.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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


_KEY, _TOLD = "message", "told"


def pack(message: Message) -> str:
    """A message as text, so that it can be kept and read in another language later."""
    return json.dumps(_plain(message), ensure_ascii=False, default=str)


def unpack(text: str) -> Message:
    """The message a text was made from."""
    found = _message(json.loads(text))
    return found if isinstance(found, Message) else Message("{text}", {"text": text})


def packed(text: str) -> str:
    """A text as it is, when it is a packed message that can be told.

    Raises:
        ValueError: when it is not.
    """
    try:
        str(unpack(text))
    except (LookupError, AttributeError) as error:
        raise ValueError(f"not a packed message: {error!r}") from error
    return text


def worded(text: str) -> str:
    """A text as it is, when it is a name with a packed message behind it, as ``wording`` makes them.

    Raises:
        ValueError: when it is not.
    """
    packed(text.partition(" ")[2])
    return text


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {_KEY: value.template, "values": {key: _plain(inner) for key, inner in value.values.items()}}
    return {_TOLD: value, "packed": list(value.packed)} if isinstance(value, Told) else value


def _message(value: object) -> object:
    match value:
        case {"message": str(template), "values": dict(values)}:
            return Message(template, {key: _message(inner) for key, inner in values.items()})
        case {"told": str(text), "packed": list(packed)}:
            return Told(text, packed)
    return value


class Told(str):
    """A Chinese text of the graph with the sentences it was made of, for other languages; none when it was typed."""

    __slots__ = ("packed",)
    packed: tuple[str, ...]

    def __new__(cls, text: str, packed: Iterable[str] = ()) -> Self:
        """Keep the packed sentences beside the text."""
        told = super().__new__(cls, text)
        told.packed = tuple(packed)
        return told

    @property
    def messages(self) -> tuple[Message, ...]:
        """The sentences."""
        return tuple(map(unpack, self.packed))


def wording(said: Mapping[str, Iterable[Message]]) -> list[str]:
    """The sentences of several texts as kept beside them: each behind the name of its text."""
    return [f"{name} {pack(message)}" for name, messages in said.items() for message in messages]


def told(text: str, kept: Iterable[str] | None, name: str) -> Told:
    """A text with its sentences among those kept."""
    return Told(text, (one.removeprefix(f"{name} ") for one in kept or () if one.startswith(f"{name} ")))
