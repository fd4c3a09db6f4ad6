// Capabilities that a source other than the given one states, by number.
// parameters: source
// returns: id, number
// cardinality: many
MATCH (c:Capability)
WHERE c.number IS NOT NULL AND EXISTS { MATCH (s:Source)-[:STATES]->(c) WHERE s.id <> $source }
RETURN c.id AS id, c.number AS number
ORDER BY id
