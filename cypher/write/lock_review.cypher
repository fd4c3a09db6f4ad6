// A pair of the review queue as it stands; read under the lock.
// parameters: id
// returns: props
// cardinality: one
MATCH (r:Review {id: $id})
RETURN properties(r) AS props
