// The access tokens of an account, newest first.
// parameters: account
// returns: token
// cardinality: many
MATCH (:Account {id: $account})<-[:OF]-(t:ApiToken)
RETURN properties(t) AS token
ORDER BY t.created_at DESC, t.id
