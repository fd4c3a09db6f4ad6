"""What a firm's own contact handed in: a source of its own for each firm, nobody else vouches for it."""

from __future__ import annotations

PREFIX = "self:"
"""How ids of such sources begin; ``list_linking_firms.cypher`` knows them by it."""
RANK = 2
"""Below what offices report, above public data sets."""


def own_source(firm: str) -> str:
    """The id of the source that a firm's own contact is."""
    return f"{PREFIX}{firm}"
