// Sign an account out everywhere but in one session.
// parameters: account, keep
// returns: ended
// cardinality: write
MATCH (:Account {id: $account})<-[:OF]-(s:LoginSession)
WHERE s.id <> $keep
DETACH DELETE s
RETURN count(*) AS ended
