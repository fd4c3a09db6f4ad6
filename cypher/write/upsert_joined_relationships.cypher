// Write relationships of one type an end of which stands, or shares a node, with other ids. Rows whose ends are both in
// the graph are written; their numbers come back.
// parameters: source, type, said, rows
// returns: written
// cardinality: write
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
OPTIONAL MATCH (a)-[old]->(b)
WHERE old.source = $source AND coalesce(old.within, type(old)) = $type
  AND coalesce(old.start_id, a.id) = row.start_id AND coalesce(old.end_id, b.id) = row.end_id
DELETE old
WITH a, b, row, a = b AND row.start_id <> row.end_id AS inner
CREATE (a)-[r:$(CASE WHEN inner THEN 'WITHIN' ELSE $type END)]->(b)
SET r = row.props, r += $said, r += row.own,
    r.source = $source,
    r.start_id = CASE row.start_id WHEN a.id THEN null ELSE row.start_id END,
    r.end_id = CASE row.end_id WHEN b.id THEN null ELSE row.end_id END,
    r.within = CASE WHEN inner THEN $type END
RETURN collect(DISTINCT row.number) AS written
