// Where an account is signed in, the last used first; those unused since a moment have ended.
// parameters: account, since
// returns: session
// cardinality: many
MATCH (:Account {id: $account})<-[:OF]-(s:LoginSession)
WHERE s.seen_at >= $since
RETURN properties(s) AS session
ORDER BY s.seen_at DESC, s.id
