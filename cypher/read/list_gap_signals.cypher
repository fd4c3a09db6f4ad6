// Dated signs that firms expand, with the segments they are about.
// parameters: none
// returns: id, firm, name, kind, on, reference, segments
// cardinality: many
MATCH (e:Enterprise)-[:SHOWS]->(s:Signal)
WITH DISTINCT e, s
RETURN s.id AS id, e.id AS firm, s.name AS name, s.kind AS kind, s.happened_on AS on, s.reference AS reference,
       COLLECT { MATCH (s)-[:CONCERNS]->(k:Segment) RETURN DISTINCT k.id ORDER BY k.id } AS segments
ORDER BY firm, on DESC, id
