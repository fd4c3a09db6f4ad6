"""Files given to a browser: their media types, where they are written, how they are to be saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from starlette.responses import Response

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@contextmanager
def scratch(ending: str = ".xlsx") -> Iterator[Path]:
    """A path to write a file to, gone afterwards."""
    with TemporaryDirectory() as folder:
        yield Path(folder) / f"file{ending}"


def disposition(name: str) -> str:
    """How a browser is told to save a file of any name (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


def sent(content: bytes, name: str, media: str = EXCEL, **headers: str) -> Response:
    """A file to be saved under a name."""
    return Response(content, media_type=media, headers={"Content-Disposition": disposition(name), **headers})
