// Which of the nodes nobody states and nothing refers to.
// parameters: ids
// returns: id
// cardinality: many
MATCH (n:Entity)
WHERE n.id IN $ids AND NOT EXISTS { (n)--() }
RETURN n.id AS id
