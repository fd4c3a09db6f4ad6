// Open needs about a segment, named itself or by a product of it.
// parameters: today
// returns: id, name, segment, amount, posted_on, by
// cardinality: many
MATCH (n:Need)-[:ABOUT]->()<-[:COVERS*0..1]-(k:Segment)
WHERE coalesce(n.state, 'open') = 'open' AND (n.expires_on IS NULL OR n.expires_on >= $today)
WITH DISTINCT n, k
RETURN n.id AS id, n.name AS name, k.id AS segment, n.amount AS amount, n.posted_on AS posted_on,
       COLLECT { MATCH (o:Organisation)-[:POSTS]->(n) RETURN DISTINCT o.id ORDER BY o.id }[0] AS by
ORDER BY segment, id
