"""Cypher, one query a file; ``graph.queries`` reads them."""
