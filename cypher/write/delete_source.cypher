// Remove a source that states nothing.
// parameters: id
// returns: none
// cardinality: write
MATCH (s:Source {id: $id})
WHERE NOT EXISTS { (s)--() }
DELETE s
