// Whose code at which event this is, by its hash.
// parameters: id
// returns: pass
// cardinality: one
MATCH (p:EventPass {id: $id})
RETURN properties(p) AS pass
