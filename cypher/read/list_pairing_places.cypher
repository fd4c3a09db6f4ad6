// Organisations with the divisions they lie in, each as code and name: of their sites, their own, and of their city.
// parameters: none
// returns: id, sites, own, city
// cardinality: many
MATCH (o:Organisation)
RETURN o.id AS id,
       COLLECT { MATCH (o)-[:HAS_SITE]->(:Site)-[:IN]->(p:Place) WITH DISTINCT p ORDER BY p.code
                 RETURN [p.code, p.name] } AS sites,
       COLLECT { MATCH (o)-[:IN]->(p:Place) WITH DISTINCT p ORDER BY p.code RETURN [p.code, p.name] } AS own,
       COLLECT {
         MATCH (p:Place:Entity)
         WHERE p.name IN [o.city, o.city + '市'] AND p.level IN ['city', 'province']
         WITH DISTINCT p ORDER BY p.code
         RETURN [p.code, p.name]
       } AS city
ORDER BY id
