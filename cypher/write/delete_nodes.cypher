// Delete nodes nobody states and nothing refers to.
// parameters: ids
// returns: none
// cardinality: write
UNWIND $ids AS id
MATCH (n:Entity {id: id})
DELETE n
