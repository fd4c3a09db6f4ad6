"""Several segments in one cell: each a segment of its own, where the cell says so or the list knows its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from graph.ids import normalise
from graph.messages import N_, Message
from loaders.lists.entries import Entry, Refused

SPLIT = N_("{count} 行在一格里写了几个环节，已分开，例如“{example}”")
_HARD = re.compile(r"\s*[；;|｜\r\n]+\s*")
_SOFT = re.compile(r"\s*[、，,/＋+]\s*")
_LEAST_KNOWN = 0.5
"""The part of a cell's words that must be segments by themselves, where what parts them may belong to a name."""

Read = Entry | Refused
Key = tuple[str, str]


def part_segments(entries: Sequence[Read], is_known: Callable[[Key], bool]) -> tuple[list[Read], list[Message]]:
    """Entries with one segment each. 、 and the like part a cell only when half its words stand alone elsewhere."""
    alone = {
        (normalise(one.chain), normalise(one.segment))
        for one in entries
        if isinstance(one, Entry) and not _HARD.search(one.segment) and not _SOFT.search(one.segment)
    }

    def is_segment(chain: str, name: str) -> bool:
        key = (normalise(chain), normalise(name))
        return key in alone or is_known(key)

    found: list[Read] = []
    count, example = 0, ""
    for entry in entries:
        names = _parts(entry, is_segment) if isinstance(entry, Entry) else []
        if not isinstance(entry, Entry) or len(names) < 2:
            found.append(entry)
            continue
        count, example = count + 1, example or entry.segment.replace("\n", " ")
        found += [replace(entry, segment=name, notes=() if n else entry.notes) for n, name in enumerate(names)]
    return found, [Message(SPLIT, {"count": count, "example": example})] if count else []


def _parts(entry: Entry, is_segment: Callable[[str, str], bool]) -> list[str]:
    found: list[str] = []
    for whole in filter(None, _HARD.split(entry.segment)):
        parts = [part for part in _SOFT.split(whole) if part]
        known = sum(is_segment(entry.chain, part) for part in parts)
        found += parts if len(parts) > 1 and known >= _LEAST_KNOWN * len(parts) else [whole]
    return list(dict.fromkeys(found))
