// Take back statements of one source; the nodes come back, with whether somebody else still needs them.
// parameters: source, rows
// returns: id, needed
// cardinality: write
UNWIND $rows AS row
MATCH (:Source {id: $source})-[said:STATES]->(n:Entity {id: row.id})
WHERE coalesce(said.stated_id, n.id) = row.stated
DELETE said
WITH DISTINCT n
RETURN n.id AS id, EXISTS { (n)--() } AS needed
