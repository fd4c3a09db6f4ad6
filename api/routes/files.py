"""How routes that take or give a file are described."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body, Query

from api.files import EXCEL
from graph.messages import N_

BYTES = "application/octet-stream"
Content = Annotated[bytes, Body(media_type=BYTES, min_length=1, description=N_("文件内容"))]
NameQuery = Annotated[str, Query(min_length=1, max_length=200, description=N_("文件名，含扩展名"))]


def file_answer(media: str) -> dict[int | str, dict[str, Any]]:
    """The answer of a route that gives a file."""
    return {200: {"content": {media: {"schema": {"type": "string", "format": "binary"}}}}}


EXCEL_ANSWER = file_answer(EXCEL)
