"""What a firm's own contact hands in of the firm, and what became of it: its own files and loads, nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from api.auth import traces
from api.auth.errors import NoOwnFirm
from api.auth.viewer import viewer
from api.imports import Import, Imports, Speaker
from graph.declared import own_source
from graph.errors import NotFound
from graph.nodes import find_id, ids_of
from graph.store import Store
from loaders.history import RunCard, RunView, list_runs, view_run


def own_id(store: Store) -> str:
    """The firm of whoever asks.

    Raises:
        NoOwnFirm: when they speak for none.
        NotFound: when it is not there any more.
    """
    firm = viewer().firm
    if not firm:
        raise NoOwnFirm()
    return find_id(store, firm)


def take(store: Store, imports: Imports, name: str, content: bytes, today: date) -> Import:
    """Take a file for the firm of whoever asks.

    Raises:
        NoOwnFirm: when they speak for none.
        WrongName: when its name ends like no spreadsheet's.
    """
    firm = own_id(store)
    traces.concerns({firm})
    return imports.take(name, content, speaker=Speaker(firm, replace(viewer(), firm=firm), today))


def get(store: Store, imports: Imports, file: str) -> Import:
    """A file of one's own.

    Raises:
        NotFound: when it is another's, or none; that it was asked for is recorded.
    """
    try:
        return imports.get(file, firm=own_id(store))
    except NotFound:
        traces.refused(file)
        raise


def load(store: Store, imports: Imports, file: str) -> Import:
    """Begin to load a file of one's own.

    Raises:
        NotFound: when it is another's, or none.
        NotReady: when it is not checked, or was loaded.
    """
    found, firm = get(store, imports, file), own_id(store)
    traces.concerns({firm})
    return imports.load(found.id, firm=firm)


def runs(store: Store, limit: int) -> list[RunCard]:
    """Loads of what the firm handed in, the latest first."""
    return list_runs(store, limit, _sources(store))


def run(store: Store, ref: str) -> RunView:
    """A load of one's own.

    Raises:
        NotFound: when it is another's, or none; that it was asked for is recorded.
    """
    own = _sources(store)
    try:
        found = view_run(store, ref)
    except NotFound:
        traces.refused(ref)
        raise
    if found.card.source not in own:
        traces.refused(ref)
        raise NotFound(id=ref)
    return found


def _sources(store: Store) -> set[str]:
    firm = own_id(store)
    return {own_source(one) for one in (firm, *ids_of(store, firm))}
