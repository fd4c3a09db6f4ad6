// Names of nodes by id.
// parameters: ids
// returns: id, name
// cardinality: many
UNWIND $ids AS id
MATCH (n:Entity {id: id})
RETURN n.id AS id, n.name AS name
