// Needs that are open, in the order of their numbers, with the chains of what they are about.
// parameters: none
// returns: id, chains
// cardinality: many
MATCH (n:Need {state: 'open'})
RETURN n.id AS id,
       COLLECT {
         MATCH (n)-[:ABOUT]->(about)
         MATCH (s:Segment)-[:PART_OF]->(c:Chain)
         WHERE s = about OR (s)-[:COVERS]->(about)
         RETURN DISTINCT c.id
       } AS chains
ORDER BY n.number, n.id
