// Forget what a snapshot held, before it is taken again.
// parameters: snapshot
// returns: none
// cardinality: write
MATCH (:Entity {id: $snapshot})-[:HOLDS]->(e:SnapshotEntry)
DETACH DELETE e
