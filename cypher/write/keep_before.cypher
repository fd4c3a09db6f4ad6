// Keep a part of what a source stated before a run.
// parameters: run, source, part, payload
// returns: none
// cardinality: write
CREATE (kept:RunBefore {run: $run, source: $source, part: $part, payload: $payload})
