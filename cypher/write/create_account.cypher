// Write an account unless its id is taken.
// parameters: id, props
// returns: created
// cardinality: write
MERGE (a:Account {id: $id})
ON CREATE SET a = $props
RETURN a.password = $props.password AS created
