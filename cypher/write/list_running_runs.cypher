// Loads of any source that have not ended; read under the lock of identities.
// parameters: none
// returns: source, owner, started_at, heartbeat_at
// cardinality: many
MATCH (run:ImportRun {state: 'running'})
RETURN run.source AS source, run.owner AS owner, run.started_at AS started_at, run.heartbeat_at AS heartbeat_at
ORDER BY run.started_at
