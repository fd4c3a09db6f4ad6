// Move the ends of relationships from one node to another: those that were stated about one of the ids. What was stated
// between two ids that are now one node is kept as WITHIN it.
// parameters: from, to, ids
// returns: none
// cardinality: write
MATCH (from:Entity {id: $from}), (to:Entity {id: $to})
MATCH (from)-[r]-()
WHERE type(r) <> 'STATES'
WITH DISTINCT from, to, r, startNode(r) AS a, endNode(r) AS b
WITH to, r, a, b, coalesce(r.start_id, a.id) AS start_id, coalesce(r.end_id, b.id) AS end_id,
     CASE WHEN a = from AND coalesce(r.start_id, a.id) IN $ids THEN to ELSE a END AS start,
     CASE WHEN b = from AND coalesce(r.end_id, b.id) IN $ids THEN to ELSE b END AS end
WHERE start <> a OR end <> b
WITH r, start, end, start_id, end_id, start = end AND start_id <> end_id AS inner,
     coalesce(r.within, type(r)) AS kind
CREATE (start)-[moved:$(CASE WHEN inner THEN 'WITHIN' ELSE kind END)]->(end)
SET moved = properties(r),
    moved.start_id = CASE start_id WHEN start.id THEN null ELSE start_id END,
    moved.end_id = CASE end_id WHEN end.id THEN null ELSE end_id END,
    moved.within = CASE WHEN inner THEN kind END
DELETE r
