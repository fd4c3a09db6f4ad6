// Firms that have to do with a segment, with the divisions their sites lie in (else they themselves, else their city).
// parameters: none
// returns: id, name, status, revenue, sample, gradient, group, site_codes, own_codes, city_codes, places
// cardinality: many
MATCH (e:Enterprise)
WHERE EXISTS { (e)-[:LINKED_TO]->(:Segment) }
   OR EXISTS { (e)-[:MAKES|BUYS]->(:Product)<-[:COVERS]-(:Segment) }
   OR EXISTS { (e)-[:SUPPLIES_TO]-(:Enterprise) }
   OR EXISTS { (e)-[:LEADS]->(:Chain) }
RETURN e.id AS id, e.name AS name, e.status AS status, e.revenue AS revenue, coalesce(e.sample, false) AS sample,
       e.gradient AS gradient,
       COLLECT { MATCH (e)-[:CONTROLLED_BY]->(g:Group) RETURN DISTINCT g.name ORDER BY g.name }[0] AS group,
       COLLECT { MATCH (e)-[:HAS_SITE]->(:Site)-[:IN]->(p:Place) RETURN DISTINCT p.code ORDER BY p.code } AS site_codes,
       COLLECT { MATCH (e)-[:IN]->(p:Place) RETURN DISTINCT p.code ORDER BY p.code } AS own_codes,
       COLLECT {
         MATCH (p:Place:Entity)
         WHERE p.name IN [e.city, e.city + '市'] AND p.level IN ['city', 'province']
         RETURN DISTINCT p.code ORDER BY p.code
       } AS city_codes,
       COLLECT {
         MATCH (e)-[:HAS_SITE]->(:Site)-[:IN]->(p:Place) RETURN p.name AS place
         UNION
         MATCH (e)-[:IN]->(p:Place) RETURN p.name AS place
       } AS places
ORDER BY id
