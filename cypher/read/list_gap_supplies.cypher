// Who supplies whom with products of a segment, named; or unnamed to a buyer of such products, from a firm confirmed in it.
// parameters: none
// returns: supplier, buyer, segment, qualified, products, observed_on
// cardinality: many
MATCH (a:Enterprise)-[r:SUPPLIES_TO]->(b:Enterprise)
OPTIONAL MATCH (s:Source {id: r.source})
WITH a, b, r, coalesce(s.rank, 9) AS rank
CALL (a, b, r) {
  UNWIND r.products AS product
  MATCH (k:Segment)-[:COVERS]->(:Product:Entity {name: product})
  RETURN k, collect(DISTINCT product) AS products
  UNION
  MATCH (a)-[:LINKED_TO {state: 'confirmed'}]->(k:Segment)
  WHERE coalesce(r.products, []) = [] AND EXISTS { (b)-[:BUYS]->(:Product)<-[:COVERS]-(k) }
  RETURN DISTINCT k, [] AS products
}
WITH a, b, k, r, rank, products
ORDER BY rank, r.observed_on DESC, r.source
WITH a, b, k, collect(r) AS said, collect(products) AS named
RETURN a.id AS supplier, b.id AS buyer, k.id AS segment, head([one IN said | one.qualified]) AS qualified,
       COLLECT { UNWIND reduce(all = [], some IN named | all + some) AS name RETURN DISTINCT name ORDER BY name } AS products,
       reduce(last = null, one IN said |
         CASE WHEN last IS NULL OR one.observed_on > last THEN one.observed_on ELSE last END) AS observed_on
ORDER BY segment, buyer, supplier
