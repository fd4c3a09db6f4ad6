"""Messages kept in the graph: template and values as JSON, so that they can be read in another language later."""

from __future__ import annotations

import json

from graph.messages import Message

_KEY = "message"


def pack(message: Message) -> str:
    """A message as text."""
    return json.dumps(_plain(message), ensure_ascii=False, default=str)


def unpack(text: str) -> Message:
    """The message a text was made from."""
    found = _message(json.loads(text))
    return found if isinstance(found, Message) else Message("{text}", {"text": text})


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {_KEY: value.template, "values": {key: _plain(inner) for key, inner in value.values.items()}}
    return value


def _message(value: object) -> object:
    if isinstance(value, dict) and _KEY in value:
        return Message(value[_KEY], {key: _message(inner) for key, inner in value["values"].items()})
    return value
