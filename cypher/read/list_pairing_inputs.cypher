// What goes into the products a buyer makes, the nearest first: materials up to 2 steps, a kind of one a step more.
// parameters: party, limit
// returns: id, names, evidence
// cardinality: many
MATCH (buyer:Entity {id: $party})-[:MAKES]->(made:Product)
WITH DISTINCT made
MATCH path = (x:Product)-[:KIND_OF*0..1]->(:Product)-[:MATERIAL_OF*1..2]->(made)
WITH x.id AS id, [n IN nodes(path) | n.name] AS names, length(path) AS hops,
     [r IN relationships(path) | [r.source, r.observed_on]] AS evidence
ORDER BY hops, id, names, [e IN evidence | e[0]]
LIMIT $limit
RETURN id, names, evidence
