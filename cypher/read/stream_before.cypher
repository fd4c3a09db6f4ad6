// What a source stated before a run, as it was kept.
// parameters: run
// returns: payload
// cardinality: many
MATCH (kept:RunBefore {run: $run})
RETURN kept.payload AS payload
ORDER BY kept.part
