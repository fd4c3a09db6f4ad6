// Segments with the chains they belong to and the segments they refine.
// parameters: none
// returns: id, name, stream, order, importance, substitutability, sample, terms, chains, parents
// cardinality: many
MATCH (k:Segment)
RETURN k.id AS id, k.name AS name, k.stream AS stream, coalesce(k.order, 0) AS order,
       k.importance AS importance, k.substitutability AS substitutability, coalesce(k.sample, false) AS sample,
       coalesce(k.terms, []) AS terms,
       COLLECT { MATCH (k)-[:PART_OF]->(c:Chain) RETURN DISTINCT c.id ORDER BY c.id } AS chains,
       COLLECT { MATCH (k)-[:CHILD_OF]->(p:Segment) RETURN DISTINCT p.id ORDER BY p.id } AS parents
ORDER BY id
