// Keep a snapshot and what it holds.
// parameters: snapshot, entries
// returns: none
// cardinality: write
MERGE (s:Entity {id: $snapshot.id})
SET s:Snapshot, s = $snapshot
WITH s
UNWIND $entries AS entry
CREATE (s)-[:HOLDS]->(e:Entity:SnapshotEntry)
SET e = entry
