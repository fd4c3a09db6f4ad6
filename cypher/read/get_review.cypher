// A pair of the review queue.
// parameters: id
// returns: props
// cardinality: one
MATCH (r:Review {id: $id})
RETURN properties(r) AS props
