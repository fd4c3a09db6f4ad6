// Import runs, the newest first.
// parameters: limit
// returns: id, source, source_name, props
// cardinality: many
MATCH (run:ImportRun)
OPTIONAL MATCH (s:Source {id: run.source})
RETURN run.id AS id, run.source AS source, coalesce(s.name, run.name, run.source) AS source_name,
       properties(run) AS props
ORDER BY run.started_at DESC, id
LIMIT $limit
