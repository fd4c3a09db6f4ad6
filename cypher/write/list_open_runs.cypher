// The unfinished runs of a source, newest first; read under its lock.
// parameters: source
// returns: id, fingerprint, state, owner, started_at, heartbeat_at, batches, unlinked
// cardinality: many
MATCH (run:ImportRun {source: $source})
WHERE run.state IN ['running', 'failed']
RETURN run.id AS id, run.fingerprint AS fingerprint, run.state AS state, run.owner AS owner,
       run.started_at AS started_at, run.heartbeat_at AS heartbeat_at, run.batches AS batches, run.unlinked AS unlinked
ORDER BY run.started_at DESC
