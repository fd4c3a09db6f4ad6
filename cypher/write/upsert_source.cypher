// State what a source is; the facts it states hang on it.
// parameters: id, props
// returns: none
// cardinality: write
MERGE (s:Source {id: $id})
SET s = $props
