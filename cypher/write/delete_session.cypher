// Sign one session out.
// parameters: id
// returns: none
// cardinality: write
MATCH (s:LoginSession {id: $id})
DETACH DELETE s
