// Towns of the divisions known, by code.
// parameters: none
// returns: code, name
// cardinality: many
MATCH (p:Place:Entity {level: 'town'})
RETURN p.code AS code, p.name AS name
ORDER BY code
