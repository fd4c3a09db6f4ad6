// Segments with their words and the segments that feed them, for proposing links.
// parameters: none
// returns: id, name, terms, lookalikes, inputs
// cardinality: many
MATCH (k:Segment)
RETURN k.id AS id, k.name AS name, k.terms AS terms, coalesce(k.lookalikes, []) AS lookalikes,
       COLLECT { MATCH (i:Segment)-[:FEEDS]->(k) RETURN DISTINCT i.id ORDER BY i.id } AS inputs
ORDER BY id
