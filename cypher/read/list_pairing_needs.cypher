// Needs that are open on a day, each with its buyer.
// parameters: today
// returns: need, products, segments, party, evidence
// cardinality: many
MATCH (n:Need {state: 'open'})
WHERE n.expires_on IS NULL OR n.expires_on >= $today
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
       } AS evidence
ORDER BY n.id
