// Put a source back to what it was before a run.
// parameters: id, props
// returns: none
// cardinality: write
MATCH (s:Source {id: $id})
SET s = $props
