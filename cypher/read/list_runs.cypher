// Import runs, the newest first; of some sources or, with null, of all.
// parameters: limit, sources
// returns: id, source, source_name, props
// cardinality: many
MATCH (run:ImportRun)
WHERE $sources IS NULL OR run.source IN $sources
OPTIONAL MATCH (s:Source {id: run.source})
RETURN run.id AS id, run.source AS source, coalesce(s.name, run.name, run.source) AS source_name,
       properties(run) AS props
ORDER BY run.started_at DESC, id
LIMIT $limit
