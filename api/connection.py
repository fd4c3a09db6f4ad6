"""Where the graph is: at the address the settings name, or in the embedded server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.settings import Settings
    from graph.messages import Message
    from graph.store import Store


def home(settings: Settings) -> Path:
    """The data folder of the embedded server."""
    from graph.server import default_home

    return settings.home or default_home()


def key_file(settings: Settings) -> Path:
    """The file with the keys of the fields that are kept encrypted."""
    return settings.key_file or home(settings) / "secret.keys"


def files_folder(settings: Settings) -> Path:
    """The folder of encrypted attachments; a backup must hold it beside the database."""
    return settings.files or home(settings) / "files"


@contextmanager
def open_store(settings: Settings, progress: Callable[[Message], None] | None = None) -> Iterator[Store]:
    """Open the graph, ready to use; an embedded server is started when needed and stopped by whoever uses it last.

    Raises:
        StoreError: when there is no usable database or key; its message says what to do.
    """
    from graph.sealing import prepare
    from graph.store import Store

    if settings.neo4j_uri:
        password = settings.neo4j_password.get_secret_value()
        with Store(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database) as store:
            store.check()
            store.migrate()
            prepare(store, key_file(settings))
            yield store
        return
    from graph.server import ensure_running

    with ensure_running(home(settings), progress=progress) as lease:
        connection = lease.connection
        with Store(connection.uri, connection.user, connection.password) as store:
            store.check()
            store.migrate()
            prepare(store, key_file(settings))
            yield store
