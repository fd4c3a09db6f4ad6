// Events that a source other than the given one states, by number.
// parameters: source
// returns: id, number
// cardinality: many
MATCH (e:Event)
WHERE EXISTS { MATCH (s:Source)-[:STATES]->(e) WHERE s.id <> $source }
RETURN e.id AS id, e.number AS number
ORDER BY id
