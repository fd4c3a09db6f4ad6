// Serialise whoever changes which ids are one firm, and whoever begins to load: the lock is held until the transaction
// ends.
// parameters: none
// returns: none
// cardinality: write
MERGE (r:Revision {id: 'identities'})
ON CREATE SET r.value = 1
ON MATCH SET r.value = r.value + 1
