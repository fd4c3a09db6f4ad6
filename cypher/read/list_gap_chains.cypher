// Chains in their order, with the firms that lead them.
// parameters: none
// returns: id, name, order, leaders
// cardinality: many
MATCH (c:Chain)
RETURN c.id AS id, c.name AS name, c.order AS order,
       COLLECT { MATCH (e:Enterprise)-[:LEADS]->(c) RETURN DISTINCT e.id ORDER BY e.id } AS leaders
ORDER BY order, id
