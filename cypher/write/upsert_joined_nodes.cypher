// Write what one source states about ids that stand, or share a node, with others; the nodes come back to be settled.
// parameters: source, said, rows
// returns: id
// cardinality: write
MATCH (s:Source {id: $source})
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n:$(row.labels)
WITH s, n, row
OPTIONAL MATCH (s)-[old:STATES]->(n)
WHERE coalesce(old.stated_id, n.id) = row.stated_id
DELETE old
CREATE (s)-[said:STATES]->(n)
SET said = row.props, said += $said, said += row.own, said.id = null,
    said.stated_id = CASE row.stated_id WHEN n.id THEN null ELSE row.stated_id END
RETURN DISTINCT n.id AS id
