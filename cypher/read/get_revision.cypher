// How often the graph was written to.
// parameters: none
// returns: revision
// cardinality: one
MATCH (r:Revision {id: 'revision'})
RETURN r.value AS revision
