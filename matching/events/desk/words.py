"""Messages kept in the graph, as the desk calls them."""

from __future__ import annotations

from graph.messages import pack, unpack

__all__ = ["pack", "unpack"]
