// Supply relations as pairs of names: what a product is made of, what a maker of something buys, what feeds a segment.
// parameters: limit
// returns: kind, asking, offered
// cardinality: many
CALL () {
  MATCH (x:Product)-[:MATERIAL_OF]->(y:Product)
  RETURN 'material' AS kind, y.name AS asking, x.name AS offered
  UNION ALL
  MATCH (p:Product)<-[:BUYS]-(e:Enterprise)
  MATCH (e)-[:MAKES]->(m:Product)
  RETURN 'purchase' AS kind, m.name AS asking, p.name AS offered
  UNION ALL
  MATCH (:Enterprise)-[r:SUPPLIES_TO]->(e:Enterprise)
  MATCH (e)-[:MAKES]->(m:Product)
  UNWIND coalesce(r.products, []) AS offered
  RETURN 'supply' AS kind, m.name AS asking, offered
  UNION ALL
  MATCH (s:Segment)-[:FEEDS]->(t:Segment)
  UNWIND [s.name] + coalesce(s.terms, []) AS offered
  UNWIND [t.name] + coalesce(t.terms, []) AS asking
  RETURN 'feeds' AS kind, asking, offered
}
WITH kind, asking, offered
WHERE asking <> offered
WITH DISTINCT kind, asking, offered
ORDER BY kind, asking, offered
LIMIT $limit
RETURN kind, asking, offered
