// Serialise those who want to load one source: the write lock on its node is held until the transaction ends.
// parameters: id
// returns: none
// cardinality: write
MERGE (s:Source {id: $id})
SET s.claimed = coalesce(s.claimed, 0) + 1
