// Products of these ids, for finding what a name names; unknown ids are left out.
// parameters: ids
// returns: id, name
// cardinality: many
UNWIND $ids AS id
MATCH (p:Entity {id: id})
WHERE p:Product
RETURN DISTINCT p.id AS id, p.name AS name
ORDER BY id
