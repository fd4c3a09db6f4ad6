// A need by its id, number or name, with its buyer, and whether anybody said anything of its proposals. Of several of one name: the open one, then the latest, then by id.
// parameters: ref
// returns: need, products, segments, party, evidence, answered
// cardinality: one
CALL () {
  MATCH (n:Entity {id: $ref}) WHERE n:Need RETURN n, 0 AS rank
  UNION
  MATCH (n:Listing {number: $ref}) WHERE n:Need RETURN n, 1 AS rank
  UNION
  MATCH (n:Entity {name: $ref}) WHERE n:Need RETURN n, 2 AS rank
}
WITH n, rank
ORDER BY rank, n.state = 'open' DESC, coalesce(n.posted_on, date('0001-01-01')) DESC, n.id
LIMIT 1
RETURN properties(n) AS need,
       COLLECT { MATCH (n)-[:ABOUT]->(p:Product) WITH DISTINCT p ORDER BY p.id RETURN [p.id, p.name] } AS products,
       COLLECT { MATCH (n)-[:ABOUT]->(s:Segment) WITH DISTINCT s ORDER BY s.id RETURN s.id } AS segments,
       head(COLLECT {
         MATCH (o:Organisation)-[:POSTS]->(n)
         WITH DISTINCT o ORDER BY o.id LIMIT 1
         RETURN {id: o.id, name: o.name, labels: labels(o), status: o.status, sample: o.sample,
                 group: head(COLLECT { MATCH (o)-[:CONTROLLED_BY]->(g:Group) RETURN g.name ORDER BY g.id }),
                 town: head(COLLECT { MATCH (o)-[:HAS_SITE*0..1]->()-[:IN]->(t:Place) RETURN t.name ORDER BY t.id }),
                 customers_known: EXISTS { (o)-[:SUPPLIES_TO]->() }}
       }) AS party,
       COLLECT {
         MATCH (:Organisation)-[r:POSTS]->(n)
         WITH DISTINCT r.source AS source, r.observed_on AS day ORDER BY source, day
         RETURN [source, day]
       } AS evidence,
       EXISTS { (:PairAnswer {wanted: n.id}) } AS answered
