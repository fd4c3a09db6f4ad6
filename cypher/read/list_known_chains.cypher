// Chains by id and name that a source other than the given one states, for what is written into workbooks.
// parameters: source
// returns: id, name
// cardinality: many
MATCH (c:Chain)
WHERE EXISTS { MATCH (s:Source)-[:STATES]->(c) WHERE s.id <> $source }
RETURN c.id AS id, c.name AS name
ORDER BY id
