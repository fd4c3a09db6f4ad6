// Every relationship one source states: its nodes and type, and the ids and type it was stated with.
// parameters: source
// returns: start, end, start_id, end_id, type, kind, props
// cardinality: many
MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.source = $source
RETURN a.id AS start, b.id AS end, coalesce(r.start_id, a.id) AS start_id,
       coalesce(r.end_id, b.id) AS end_id, type(r) AS type, coalesce(r.within, type(r)) AS kind, properties(r) AS props
