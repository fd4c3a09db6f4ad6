// Later runs of a source that changed something and were not undone, the newest first.
// parameters: id, source
// returns: id
// cardinality: many
MATCH (run:ImportRun {id: $id})
MATCH (later:ImportRun {source: $source})
WHERE later.started_at > run.started_at AND later.kept AND later.state <> 'undone'
RETURN later.id AS id
ORDER BY later.started_at DESC
