// What a firm makes, the largest share of its revenue first.
// parameters: party, limit
// returns: name
// cardinality: many
MATCH (:Entity {id: $party})-[r:MAKES]->(p:Product)
WITH p, max(coalesce(r.share, 0.0)) AS share
ORDER BY share DESC, p.id
LIMIT $limit
RETURN p.name AS name
