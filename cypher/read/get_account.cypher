// An account by its id.
// parameters: id
// returns: account
// cardinality: one
MATCH (a:Account {id: $id})
RETURN properties(a) AS account
