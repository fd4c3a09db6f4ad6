"""The error answers of an endpoint, for its documentation."""

from __future__ import annotations

from typing import Any

from api.errors import MEDIA_TYPE, TITLES

_SCHEMA = {"schema": {"$ref": "#/components/schemas/Problem"}}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare problem answers of these statuses, and the two that any endpoint may give."""
    return {
        status: {"description": TITLES[status], "content": {MEDIA_TYPE: _SCHEMA}} for status in (*statuses, 500, 503)
    }
