"""The language of whoever is reading.

Chinese is the language of the source: a Chinese sentence is its own message id. English comes from
``locales/en/LC_MESSAGES/ronglian.po``, read as it is. ``N_`` marks a sentence, ``_`` renders it now.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Literal

from graph.messages import Listed, Message, Told

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_language: ContextVar[Language] = ContextVar("language", default="zh")


def environment_language() -> Language:
    """The language ``RONGLIAN_LANG`` asks for; read apart from the other settings, whose library is slow to load."""
    return "en" if os.environ.get("RONGLIAN_LANG", "").lower().startswith("en") else "zh"


def use(language: Language) -> None:
    """Render from here on in ``language``, in this context."""
    _language.set(language)


def language() -> Language:
    """The language in use."""
    return _language.get()


@cache
def catalogue(lang: Language) -> dict[str, str]:
    """Translations by Chinese sentence; empty for Chinese itself."""
    if lang == "zh":
        return {}
    from babel.messages.pofile import read_po

    path = files("api") / "locales" / lang / "LC_MESSAGES" / "ronglian.po"
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}


def _(template: str) -> str:
    """The sentence in the language in use."""
    return catalogue(language()).get(template, template)


def listed(items: Iterable[str]) -> str:
    """Words one after another, with the comma of the language in use."""
    return _("、").join(items)


def chained(sentences: Iterable[str]) -> str:
    """Sentences one after another, with the semicolon of the language in use."""
    return _("；").join(sentences)


def titled(title: str, text: str) -> str:
    """A text behind its title, with the colon of the language in use."""
    return _("{title}：{text}").format(title=title, text=text)


def aside(text: str) -> str:
    """A text in the brackets of the language in use, to follow another; nothing for nothing."""
    return _("（{text}）").format(text=text) if text else ""


def render(message: Message) -> str:
    """A message with its values filled in, nested messages too."""
    return _(message.template).format(**{key: _value(value) for key, value in message.values.items()})


def retold(text: str) -> str:
    """A text of the graph; one made of sentences in the language in use."""
    if language() == "zh" or not isinstance(text, Told) or not text.packed:
        return text
    return chained(map(render, text.messages))


def asked(question: Message | str) -> str:
    """A question in the language in use, wherever it comes from."""
    return render(question) if isinstance(question, Message) else retold(question)


def _value(value: object) -> object:
    match value:
        case Message():
            return render(value)
        case Told():
            return retold(value)
        case Listed():
            return listed(value.words)
        case _:
            return value
