// Let those who change settings come one after the other: take the lock of the revision until the transaction ends.
// parameters: none
// returns: none
// cardinality: write
MERGE (r:Revision {id: 'revision'})
ON CREATE SET r.value = 0
SET r.value = r.value
