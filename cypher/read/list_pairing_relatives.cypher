// Products around the wanted ones, the nearest first: kinds and classes up to 2 steps, materials and wholes 1 step.
// Names and relationships run from the found product to the wanted one, or the other way round for wider and whole.
// parameters: products, limit
// returns: id, relation, names, evidence
// cardinality: many
UNWIND $products AS wanted
MATCH (w:Entity {id: wanted})
WHERE w:Product
CALL (w) {
  MATCH path = (x:Product)-[:KIND_OF*1..2]->(w) RETURN x, 'narrower' AS relation, path
  UNION ALL
  MATCH path = (w)-[:KIND_OF*1..2]->(x:Product) RETURN x, 'wider' AS relation, path
  UNION ALL
  MATCH path = (x:Product)-[:MATERIAL_OF]->(w) RETURN x, 'component' AS relation, path
  UNION ALL
  MATCH path = (w)-[:MATERIAL_OF]->(x:Product) RETURN x, 'whole' AS relation, path
}
WITH x, relation, path
WHERE NOT x.id IN $products
WITH x.id AS id, relation, [n IN nodes(path) | n.name] AS names, length(path) AS hops,
     [r IN relationships(path) | [r.source, r.observed_on]] AS evidence
ORDER BY hops, relation, id, names, [e IN evidence | e[0]]
LIMIT $limit
RETURN id, relation, names, evidence
