// Segments with their words and the names of their chains, for what is written into workbooks.
// parameters: none
// returns: id, name, terms, lookalikes, chains
// cardinality: many
MATCH (s:Segment)
RETURN s.id AS id, s.name AS name, coalesce(s.terms, []) AS terms, coalesce(s.lookalikes, []) AS lookalikes,
       COLLECT { MATCH (s)-[:PART_OF]->(c:Chain) RETURN DISTINCT c.name ORDER BY c.name } AS chains
ORDER BY id
