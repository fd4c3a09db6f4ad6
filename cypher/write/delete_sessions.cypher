// Sign an account out everywhere.
// parameters: account
// returns: none
// cardinality: write
MATCH (:Account {id: $account})<-[:OF]-(s:LoginSession)
DETACH DELETE s
