"""The error answers of an endpoint, for its documentation."""

from __future__ import annotations

from typing import Any

from api.errors import MEDIA_TYPE, TITLES

ALWAYS = (401, 403, 408, 413, 421, 429, 431, 500, 503)
_SCHEMA = {"schema": {"$ref": "#/components/schemas/Problem"}}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare problem answers of these statuses, and those that any endpoint may give."""
    return {
        status: {"description": TITLES[status], "content": {MEDIA_TYPE: _SCHEMA}}
        for status in sorted({*statuses, *ALWAYS})
    }
