"""What a source stated before a run, kept beside it so that the run can be undone as a whole.

Statements are kept by the ids they were made about: which of these stand at one node may change in between.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from graph.queries import queries
from graph.store import Row, Store

KEPT_RUNS = 10
"""How many runs of a source can be undone, one after the other."""
_PART = 20_000
_PLACES = ("stated_id", "start_id", "end_id", "within")
"""What tells where a statement stands, not what it says."""

Tie = tuple[str, str, str]
"""The ids and the type a relationship was stated with."""


@dataclass
class Said:
    """What a source states: nodes by the id they were stated as, relationships by ends and type.

    Each has ``props`` and where it stands; ``source`` are the properties of the source, None when it was not there.
    """

    source: Row | None = None
    nodes: dict[str, Row] = field(default_factory=dict)
    ties: dict[Tie, Row] = field(default_factory=dict)


def pack(lines: list[str]) -> str:
    """Lines as one short text."""
    return base64.b85encode(zlib.compress("\n".join(lines).encode(), 6)).decode()


def unpack(payload: str) -> list[str]:
    """The lines of a text that was packed."""
    return zlib.decompress(base64.b85decode(payload)).decode().split("\n")


def keep_before(store: Store, run: str, source: str, before: Row | None) -> None:
    """Keep what a source states, and its properties before the run claimed it; None when it did not exist."""
    lines = _lines(store, source, before)
    for part in range(1_000_000):
        if not (some := list(islice(lines, _PART))):
            break
        kept = {"run": run, "source": source, "part": part, "payload": pack(some)}
        store.write(lambda tx, kept=kept: tx.run(queries.keep_before, props=tx.sealed(["RunBefore"], kept)))  # type: ignore[misc]


def forget_old(store: Store, source: str) -> None:
    """Forget what was kept for all but the newest runs of a source."""
    store.write(lambda tx: tx.run(queries.forget_before, source=source, newest=KEPT_RUNS))


def kept_before(store: Store, run: str) -> Said | None:
    """What was kept before a run; None when nothing was."""
    said: Said | None = None
    for part in store.stream(queries.stream_before, run=run):
        for line in unpack(part["payload"]):
            row = json.loads(line, object_hook=_decoded)
            if said is None:
                said = Said(row["source"])
            else:
                _add(said, row)
    return said


def said_now(store: Store, source: str) -> Said:
    """What a source states now."""
    said = Said()
    for row in _rows(store, source):
        _add(said, row)
    return said


def _lines(store: Store, source: str, before: Row | None) -> Iterator[str]:
    yield json.dumps({"source": before}, ensure_ascii=False, default=_dated)
    if before is not None:
        for row in _rows(store, source):
            yield json.dumps(row, ensure_ascii=False, default=_dated)


def _rows(store: Store, source: str) -> Iterator[Row]:
    for row in store.stream(queries.stream_source_statements, source=source):
        yield {**row, "labels": sorted(row["labels"]), "props": _bare(row["props"])}
    for row in store.stream(queries.stream_source_relationships, source=source):
        yield {**row, "props": _bare(row["props"])}


def _bare(props: Row) -> Row:
    return {key: value for key, value in props.items() if key not in _PLACES}


def _add(said: Said, row: Row) -> None:
    if "stated" in row:
        said.nodes[row["stated"]] = row
    else:
        said.ties[row["start_id"], row["kind"], row["end_id"]] = row


def _dated(value: object) -> dict[str, str]:
    assert isinstance(value, date)
    return {"$at" if isinstance(value, datetime) else "$on": value.isoformat()}


def _decoded(found: dict[str, Any]) -> Any:
    if "$on" in found:
        return date.fromisoformat(found["$on"])
    return datetime.fromisoformat(found["$at"]) if "$at" in found else found
