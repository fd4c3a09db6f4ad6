// Chains by id and name, for what is written into workbooks.
// parameters: none
// returns: id, name
// cardinality: many
MATCH (c:Chain)
RETURN c.id AS id, c.name AS name
ORDER BY id
