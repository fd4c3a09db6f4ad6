// Write the state of an import run.
// parameters: id, props
// returns: none
// cardinality: write
MERGE (run:ImportRun {id: $id})
SET run += $props
