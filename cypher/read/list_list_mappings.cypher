// How foreign lists are read, by name.
// parameters: none
// returns: name, payload, saved_at
// cardinality: many
MATCH (m:ListMapping)
RETURN m.name AS name, m.payload AS payload, m.saved_at AS saved_at
ORDER BY name
