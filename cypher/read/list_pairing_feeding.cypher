// Segments that feed, in up to 2 steps, one the buyer works in: by a confirmed link, or by a product it makes.
// parameters: party, limit
// returns: id, names, evidence
// cardinality: many
MATCH (buyer:Entity {id: $party})
CALL (buyer) {
  MATCH (buyer)-[:LINKED_TO {state: 'confirmed'}]->(s:Segment) RETURN s
  UNION
  MATCH (buyer)-[:MAKES]->(:Product)<-[:COVERS]-(s:Segment) RETURN s
}
MATCH path = (x:Segment)-[:FEEDS*1..2]->(s)
WITH x.id AS id, [n IN nodes(path) | n.name] AS names, length(path) AS hops,
     [r IN relationships(path) | [r.source, r.observed_on]] AS evidence
ORDER BY hops, id, names, [e IN evidence | e[0]]
LIMIT $limit
RETURN id, names, evidence
