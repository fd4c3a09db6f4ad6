// Verification tasks with the names of what they are about; of one town, or all.
// parameters: town
// returns: task, firm_name, segment_name, chains, sample
// cardinality: many
MATCH (t:VerificationTask)
WHERE $town IS NULL OR t.town = $town
OPTIONAL MATCH (own:Alias {id: t.firm})
WITH t, coalesce(own.root, t.firm) AS firm
OPTIONAL MATCH (e:Entity {id: firm})
OPTIONAL MATCH (k:Segment {id: t.segment})
RETURN t {.*, firm: firm} AS task, e.name AS firm_name, coalesce(k.name, t.segment) AS segment_name,
       COLLECT { MATCH (k)-[:PART_OF]->(c:Chain) RETURN DISTINCT c.name ORDER BY c.name } AS chains,
       coalesce(e.sample, false) AS sample
ORDER BY t.town, t.created_on DESC, t.kind, segment_name, firm_name
