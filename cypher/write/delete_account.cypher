// Forget an account with its sessions and tokens.
// parameters: id
// returns: none
// cardinality: write
MATCH (a:Account {id: $id})
OPTIONAL MATCH (a)<-[:OF]-(held:LoginSession|ApiToken)
DETACH DELETE held, a
