// Write verification tasks as they are given, whole.
// parameters: rows
// returns: none
// cardinality: write
UNWIND $rows AS row
MERGE (t:Entity {id: row.id})
SET t:VerificationTask, t = row
