// One end of a pair by id or number: who posts it, and whether it can ask or give.
// parameters: ref
// returns: id, name, firm, asks, gives
// cardinality: one
CALL () {
  MATCH (n:Entity {id: $ref}) RETURN n, 0 AS rank
  UNION
  MATCH (n:Listing {number: $ref}) RETURN n, 1 AS rank
}
WITH n, rank
WHERE n:Listing OR n:Organisation
ORDER BY rank, n.id
LIMIT 1
OPTIONAL MATCH (o:Organisation)-[:POSTS]->(n)
WITH n, o
ORDER BY o.id
LIMIT 1
RETURN n.id AS id, n.name AS name, CASE WHEN n:Organisation THEN n.id ELSE o.id END AS firm,
       n:Need OR n:Organisation AS asks, NOT n:Need AS gives
