"""Segments of one name that a list puts into several streams: a slip of a row, or as many segments as streams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from graph.ids import normalise
from graph.messages import N_, Listed, Message
from graph.model import Stream
from loaders.lists.entries import STREAM_TITLES, Entry, Refused

FEWEST_ROWS, LEAST_SHARE = 3, 0.2
"""A stream with so many rows of a segment, and such a part of them, is meant; with fewer it is a slip beside another
that has more: where none has, nobody knows which would be the slip, and each is meant."""
APART = N_("环节“{segment}”在名录中分列{streams}，各按一个环节建立，例如“{example}”")
NAMED = "{segment}（{stream}）"

Read = Entry | Refused
Key = tuple[str, str]


def set_apart(entries: Sequence[Read], is_known: Callable[[Key], bool]) -> tuple[list[Read], list[Message]]:
    """Entries whose segment stands in several streams name it with its stream; segments of the graph stay whole."""
    counted: dict[Key, Counter[Stream]] = {}
    for entry in _said(entries):
        if entry.stream:
            counted.setdefault(_key(entry), Counter())[entry.stream] += 1
    streams = {key: meant for key, found in counted.items() if len(meant := _meant(found)) > 1 and not is_known(key)}
    notes = {key: _note(entry, streams[key]) for entry in _said(entries) if (key := _key(entry)) in streams}
    return [_named(entry, streams) for entry in entries], list(notes.values())


def _said(entries: Iterable[Read]) -> Iterable[Entry]:
    return (entry for entry in entries if isinstance(entry, Entry))


def _key(entry: Entry) -> Key:
    return normalise(entry.chain), normalise(entry.segment)


def _meant(found: Counter[Stream]) -> list[Stream]:
    most = max(found.values(), default=0)
    least = max(min(FEWEST_ROWS, most), LEAST_SHARE * found.total())
    return [stream for stream in Stream if found[stream] >= least]


def _named(entry: Read, streams: dict[Key, list[Stream]]) -> Read:
    if not isinstance(entry, Entry) or not entry.stream or entry.stream not in streams.get(_key(entry), ()):
        return entry
    return replace(entry, segment=NAMED.format(segment=entry.segment, stream=STREAM_TITLES[entry.stream]))


def _note(entry: Entry, streams: Sequence[Stream]) -> Message:
    example = NAMED.format(segment=entry.segment, stream=STREAM_TITLES[streams[0]])
    titles = Listed(STREAM_TITLES[one] for one in streams)
    return Message(APART, {"segment": entry.segment, "streams": titles, "example": example})
