"""Directed matching learned from known links: encoder, features, ranker."""
