"""Sources into the graph: one module a source, one runner for all."""
