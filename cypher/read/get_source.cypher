// What a source is.
// parameters: id
// returns: props
// cardinality: one
MATCH (s:Source {id: $id})
RETURN properties(s) AS props
