// Count one more batch of a run as written, in the transaction that wrote it, and with it one more write to the graph.
// parameters: id, unlinked
// returns: none
// cardinality: write
MATCH (run:ImportRun {id: $id})
SET run.batches = run.batches + 1, run.unlinked = run.unlinked + $unlinked, run.heartbeat_at = datetime()
MERGE (r:Revision {id: 'revision'})
ON CREATE SET r.value = 1
ON MATCH SET r.value = r.value + 1
