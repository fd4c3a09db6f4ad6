// Make statements of one source again, as they were kept, at the nodes their ids stand at.
// parameters: source, rows
// returns: none
// cardinality: write
MATCH (s:Source {id: $source})
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n:$(row.labels)
WITH s, n, row
OPTIONAL MATCH (s)-[old:STATES]->(n)
WHERE coalesce(old.stated_id, n.id) = row.stated
DELETE old
CREATE (s)-[said:STATES]->(n)
SET said = row.props, said.stated_id = CASE row.stated WHEN n.id THEN null ELSE row.stated END
