// Firms with everything said of what they do; all of them when no ids are given. What stands in a listing counts as
// whoever says it says it: what the firm's contact (a source self:…) adds is not another source's. `declared` marks it.
// parameters: firms
// returns: id, name, main_products, profile, business_scope, said, industries, products, sales, purchases, posted
// cardinality: many
MATCH (e:Enterprise)
WHERE $firms IS NULL OR e.id IN $firms
RETURN e.id AS id, e.name AS name, coalesce(e.main_products, []) AS main_products, coalesce(e.profile, '') AS profile,
       coalesce(e.business_scope, '') AS business_scope,
       head(COLLECT {
         MATCH (s:Source)-[r:STATES]->(e)
         RETURN {source: s.name, observed_on: r.observed_on, grade: r.grade, declared: s.id STARTS WITH 'self:'}
         ORDER BY r.main_products IS NULL, r.profile IS NULL, s.rank, r.observed_on DESC, s.id
       }) AS said,
       COLLECT { MATCH (e)-[:IN_INDUSTRY]->(i:Industry) RETURN DISTINCT i.name ORDER BY i.name } AS industries,
       COLLECT {
         MATCH (e)-[r:MAKES]->(p:Product)
         OPTIONAL MATCH (s:Source {id: r.source})
         RETURN {name: p.name, share: r.share, source: coalesce(s.name, r.source), observed_on: r.observed_on, grade: r.grade,
                 declared: r.source STARTS WITH 'self:'}
         ORDER BY p.id, r.source
       } AS products,
       COLLECT {
         MATCH (e)-[r:SUPPLIES_TO]->(b:Enterprise)
         WHERE size(coalesce(r.products, [])) > 0
         OPTIONAL MATCH (s:Source {id: r.source})
         RETURN {products: r.products, customer: b.name, qualified: r.qualified, source: coalesce(s.name, r.source),
                 observed_on: r.observed_on, grade: r.grade, declared: r.source STARTS WITH 'self:'}
         ORDER BY b.id, r.source
       } AS sales,
       COLLECT {
         MATCH (e)-[r:BUYS]->(p:Product)
         OPTIONAL MATCH (s:Source {id: r.source})
         RETURN {name: p.name, share: null, source: coalesce(s.name, r.source), observed_on: r.observed_on, grade: r.grade,
                 declared: r.source STARTS WITH 'self:'}
         ORDER BY p.id, r.source
       } AS purchases,
       COLLECT {
         MATCH (e)-[r:POSTS]->(n:Listing)
         WHERE NOT n:Need
         OPTIONAL MATCH (s:Source {id: r.source})
         OPTIONAL MATCH (s)-[said:STATES]->(n)
         WITH n, r, s, head(collect(said)) AS said
         RETURN {labels: labels(n), name: n.name, process: n.process, certificates: coalesce(said.certificates, []),
                 patents: coalesce(said.patents, []), source: coalesce(s.name, r.source), observed_on: r.observed_on,
                 grade: r.grade, declared: r.source STARTS WITH 'self:',
                 products: COLLECT { MATCH (n)-[:ABOUT]->(p:Product) RETURN DISTINCT p.name ORDER BY p.name },
                 segments: COLLECT { MATCH (n)-[:ABOUT]->(k:Segment) RETURN DISTINCT k.id ORDER BY k.id }}
         ORDER BY n.id, r.source
       } AS posted
ORDER BY id
