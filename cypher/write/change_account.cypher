// Change what is given of an account.
// parameters: id, props
// returns: id
// cardinality: write
MATCH (a:Account {id: $id})
SET a += $props
RETURN a.id AS id
