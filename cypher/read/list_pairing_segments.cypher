// All segments with their chains and their words.
// parameters: none
// returns: id, name, chains, terms, lookalikes
// cardinality: many
MATCH (s:Segment)
RETURN s.id AS id, s.name AS name,
       COLLECT { MATCH (s)-[:PART_OF]->(c:Chain) WITH DISTINCT c ORDER BY c.order, c.id RETURN c.name } AS chains,
       coalesce(s.terms, []) AS terms, coalesce(s.lookalikes, []) AS lookalikes
ORDER BY id
