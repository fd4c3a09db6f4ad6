// Take back relationships of one source between pairs of nodes.
// parameters: source, rows
// returns: none
// cardinality: write
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})-[r]->(b:Entity {id: row.end})
WHERE r.source = $source AND coalesce(r.within, type(r)) = row.kind
  AND coalesce(r.start_id, a.id) = row.start_id AND coalesce(r.end_id, b.id) = row.end_id
DELETE r
