// Keep a part of what a source stated before a run.
// parameters: props
// returns: none
// cardinality: write
CREATE (kept:RunBefore)
SET kept = $props
