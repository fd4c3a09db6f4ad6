// What a snapshot holds.
// parameters: snapshot
// returns: props
// cardinality: many
MATCH (:Snapshot {id: $snapshot})-[:HOLDS]->(e:SnapshotEntry)
RETURN properties(e) AS props
ORDER BY e.subject
