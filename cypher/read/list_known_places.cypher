// Divisions by id, name and code, for what is written into workbooks.
// parameters: none
// returns: id, name, code
// cardinality: many
MATCH (p:Place)
WHERE p.name IS NOT NULL AND p.code IS NOT NULL
RETURN p.id AS id, p.name AS name, p.code AS code
ORDER BY id
