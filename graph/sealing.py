"""The vault of a graph: opened with its key file, and all that is sealed in the graph made anew under another key."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.disclosure import encrypted
from graph.errors import KeyMissing, KeyWrong
from graph.model import RELATIONSHIPS
from graph.queries import Query, queries
from graph.vault import Vault, key_id, new_key, read_keys, write_keys

if TYPE_CHECKING:
    from graph.store import Row, Store, Transaction

_STEP = 2_000
FIRST, ROTATING = "first", "rotating"

Progress = Callable[[int], None]


@dataclass(frozen=True)
class _Place:
    """Where sealed values stand: how to lock those that are not under the current key, how to keep them sealed anew."""

    owner: str
    lock: Query
    save: Callable[[Transaction, list[Row]], None]
    by: str


def save_nodes(tx: Transaction, rows: list[Row]) -> None:
    """Keep values of nodes that were locked: rows of ``id`` and ``props`` as they are kept."""
    tx.run(queries.save_node_secrets, rows=rows)


def save_relationships(tx: Transaction, rows: list[Row]) -> None:
    """Keep values of relationships that were locked."""
    tx.run(queries.save_relationship_secrets, rows=rows)


def _places() -> Iterator[_Place]:
    for owner in encrypted():
        if owner in RELATIONSHIPS:
            yield _Place(owner, queries.lock_relationship_secrets, save_relationships, "type")
        else:
            yield _Place(owner, queries.lock_node_secrets, save_nodes, "label")
            yield _Place(owner, queries.lock_statement_secrets, save_relationships, "label")


def prepare(store: Store, path: Path) -> None:
    """Give a store its vault: with the keys of the file, or, when nothing was ever sealed here, with a new one.

    A graph of before there were vaults is sealed now, once.

    Raises:
        KeyMissing, KeyWrong, KeyExposed, KeyFileUnusable: when the values of this graph cannot be opened.
    """
    known = store.one(queries.get_vault)
    try:
        keys = read_keys(path)
    except KeyMissing:
        if known:
            raise
        keys = _first_key(path)
    vault = Vault(keys, path)
    if known is None:
        (known,) = store.keep(lambda tx: tx.run(queries.create_vault, key=vault.current))
    if not set(known["keys"]) <= set(map(key_id, keys)):
        raise KeyWrong(path=path, keys="、".join(known["keys"]))
    store.vault = vault
    if known["pass"] == FIRST:
        seal_anew(store)
        _note(store, known["keys"], None)


def _first_key(path: Path) -> tuple[bytes, ...]:
    with contextlib.suppress(FileExistsError):  # another process was faster
        write_keys(path, [new_key()], new=True)
    return read_keys(path)


def _note(store: Store, keys: list[str], unfinished: str | None) -> None:
    store.keep(lambda tx: tx.run(queries.change_vault, keys=keys, **{"pass": unfinished}))


def rotate(store: Store, path: Path, progress: Progress | None = None) -> int:
    """Put a new key in front and seal everything anew under it; return how many nodes and relationships changed.

    One that broke off is taken up where it stopped, under the key it began with. The key before stays in the file
    until the next rotation, for a service that still writes under it; older ones go.

    Raises:
        KeyFileUnusable: when the file cannot be written.
    """
    known = store.one(queries.get_vault)
    keys = read_keys(path)
    if known is None or known["pass"] != ROTATING:
        keys = (new_key(), *keys)
        write_keys(path, keys)
        _note(store, [key_id(key) for key in keys], ROTATING)
    store.vault = Vault(keys, path)
    count = seal_anew(store, progress)
    write_keys(path, keys[:2])
    _note(store, [key_id(keys[0])], None)
    return count


def seal_anew(store: Store, progress: Progress | None = None) -> int:
    """Seal what is not sealed under the newest key, in steps; return how many nodes and relationships there were."""
    count = 0
    for place in _places():
        while done := store.keep(lambda tx, place=place: _step(store, tx, place)):  # type: ignore[misc]
            count += done
            if progress:
                progress(count)
    return count


def _step(store: Store, tx: Transaction, place: _Place) -> int:
    assert store.vault is not None
    fields = sorted(encrypted()[place.owner])
    given = {place.by: place.owner, "fields": fields, "current": store.vault.prefix, "limit": _STEP}
    found = tx.run(place.lock, **given)
    rows = [
        {"id": row["id"], "props": tx.sealed([place.owner], {name: row["props"].get(name) for name in fields})}
        for row in found
    ]
    place.save(tx, rows)
    return len(rows)


def status(store: Store, path: Path) -> dict[str, object]:
    """Which key is in use, how many the file holds, and whether a rotation broke off."""
    known, keys = store.one(queries.get_vault), read_keys(path)
    return {"current": key_id(keys[0]), "keys": len(keys), "unfinished": bool(known and known["pass"])}
