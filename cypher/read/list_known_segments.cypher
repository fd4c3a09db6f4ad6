// Segments that a source other than the given one states, with their words and the names of their chains.
// parameters: source
// returns: id, name, terms, lookalikes, chains
// cardinality: many
MATCH (s:Segment)
WHERE EXISTS { MATCH (o:Source)-[:STATES]->(s) WHERE o.id <> $source }
RETURN s.id AS id, s.name AS name, coalesce(s.terms, []) AS terms, coalesce(s.lookalikes, []) AS lookalikes,
       COLLECT { MATCH (s)-[:PART_OF]->(c:Chain) RETURN DISTINCT c.name ORDER BY c.name } AS chains
ORDER BY id
