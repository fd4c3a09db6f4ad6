// Count one more write to the graph.
// parameters: none
// returns: none
// cardinality: write
MERGE (r:Revision {id: 'revision'})
ON CREATE SET r.value = 1
ON MATCH SET r.value = r.value + 1
