// Firms with what they make (encrypted shares are ordered by who reads them), what they are known to buy, and what
// goes into what they make; one of them or all.
// parameters: firm, limit
// returns: party, makes, buys, inputs, segments, evidence
// cardinality: many
MATCH (e:Enterprise)
WHERE $firm IS NULL OR e.id = $firm
CALL (e) {
  OPTIONAL MATCH (e)-[r:MAKES]->(p:Product)
  WITH p, collect(r.share) AS shares, collect(DISTINCT [r.source, r.observed_on]) AS said
  ORDER BY p.id
  WITH collect(CASE WHEN p IS NULL THEN NULL ELSE [p.id, p.name, shares] END) AS makes, collect(said) AS said
  RETURN makes, reduce(all = [], one IN said | all + one) AS evidence
}
RETURN {id: e.id, name: e.name, labels: labels(e), status: e.status, sample: e.sample,
        group: head(COLLECT { MATCH (e)-[:CONTROLLED_BY]->(g:Group) RETURN g.name ORDER BY g.id }),
        town: head(COLLECT { MATCH (e)-[:HAS_SITE*0..1]->()-[:IN]->(t:Place) RETURN t.name ORDER BY t.id }),
        customers_known: EXISTS { (e)-[:SUPPLIES_TO]->() }} AS party,
       makes,
       COLLECT { MATCH (e)-[:BUYS]->(p:Product) WITH DISTINCT p ORDER BY p.id LIMIT $limit
                 RETURN [p.id, p.name] } AS buys,
       COLLECT { MATCH (e)-[:MAKES]->(:Product)<-[:MATERIAL_OF]-(p:Product)
                 WITH DISTINCT p ORDER BY p.id LIMIT $limit RETURN [p.id, p.name] } AS inputs,
       COLLECT { MATCH (e)-[r:LINKED_TO]->(s:Segment) WHERE r.state = 'confirmed'
                 WITH DISTINCT s ORDER BY s.id RETURN s.id } AS segments,
       evidence
ORDER BY e.id
