// One import run.
// parameters: id
// returns: id, source, source_name, props
// cardinality: one
MATCH (run:ImportRun {id: $id})
OPTIONAL MATCH (s:Source {id: run.source})
RETURN run.id AS id, run.source AS source, coalesce(s.name, run.name, run.source) AS source_name,
       properties(run) AS props
