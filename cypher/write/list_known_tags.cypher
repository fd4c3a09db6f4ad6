// The tags of the batches the last run of a source wrote, if it finished; read under the source's lock.
// A later run that broke off may have changed anything, so then nothing is known.
// parameters: source
// returns: tags
// cardinality: one
OPTIONAL MATCH (run:ImportRun {source: $source})
WITH run
ORDER BY run.started_at DESC
LIMIT 1
RETURN CASE run.state WHEN 'done' THEN coalesce(run.tags, []) ELSE [] END AS tags
