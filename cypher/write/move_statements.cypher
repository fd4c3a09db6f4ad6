// Move statements from one node to another: those that were made about one of the ids.
// parameters: from, to, ids
// returns: none
// cardinality: write
MATCH (s:Source)-[said:STATES]->(:Entity {id: $from})
WHERE coalesce(said.stated_id, $from) IN $ids
MATCH (to:Entity {id: $to})
WITH s, said, to, coalesce(said.stated_id, $from) AS stated
CREATE (s)-[moved:STATES]->(to)
SET moved = properties(said), moved.stated_id = CASE stated WHEN $to THEN null ELSE stated END
DELETE said
