// Count one more batch of a run as written, in the transaction that wrote it.
// parameters: id, unlinked
// returns: none
// cardinality: write
MATCH (run:ImportRun {id: $id})
SET run.batches = run.batches + 1, run.unlinked = run.unlinked + $unlinked, run.heartbeat_at = datetime()
