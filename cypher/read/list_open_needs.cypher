// Needs that are open on a day, in the order of their numbers: who posts them, the chains they belong to, where the
// buyer works.
// parameters: today
// returns: id, number, name, buyer, buyer_name, chains, places
// cardinality: many
MATCH (n:Need {state: 'open'})
WHERE n.expires_on IS NULL OR n.expires_on >= $today
OPTIONAL MATCH (o:Organisation)-[:POSTS]->(n)
WITH n, o ORDER BY o.id
WITH n, head(collect(o)) AS o
RETURN n.id AS id, n.number AS number, n.name AS name, o.id AS buyer, o.name AS buyer_name,
       COLLECT {
         MATCH (n)-[:ABOUT]->(about)
         MATCH (s:Segment)-[:PART_OF]->(c:Chain)
         WHERE s = about OR (s)-[:COVERS]->(about)
         RETURN DISTINCT c.id
       } AS chains,
       COLLECT {
         MATCH (o)-[:HAS_SITE*0..1]->()-[:IN*1..4]->(p:Place)
         WITH DISTINCT p ORDER BY p.code
         RETURN [p.id, p.name, p.level]
       } AS places
ORDER BY n.number, n.id
