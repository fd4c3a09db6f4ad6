// The divisions that organisations lie in, with all that these lie in.
// parameters: ids
// returns: id, places
// cardinality: many
MATCH (f:Organisation)
WHERE f.id IN $ids
RETURN f.id AS id, COLLECT {
  MATCH (f)-[:HAS_SITE*0..1]->()-[:IN*1..4]->(p:Place)
  RETURN DISTINCT p.id
} AS places
