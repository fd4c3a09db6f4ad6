// Who supplies a buyer of a segment: firms linked to the segment, or that supply a product of it by name.
// parameters: none
// returns: supplier, buyer, segment, qualified
// cardinality: many
MATCH (a:Enterprise)-[r:SUPPLIES_TO]->(b:Enterprise)-[:BUYS]->(p:Product)<-[:COVERS]-(k:Segment)
WHERE p.name IN coalesce(r.products, [])
   OR (coalesce(r.products, []) = [] AND EXISTS { (a)-[:LINKED_TO {state: 'confirmed'}]->(k) })
WITH DISTINCT a, b, k, r
OPTIONAL MATCH (s:Source {id: r.source})
WITH a, b, k, r
ORDER BY coalesce(s.rank, 9), r.observed_on DESC, r.source
RETURN a.id AS supplier, b.id AS buyer, k.id AS segment, collect(r.qualified)[0] AS qualified
ORDER BY segment, buyer, supplier
