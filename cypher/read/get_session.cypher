// A session by the hash of its secret, with its account.
// parameters: id
// returns: session, account
// cardinality: one
MATCH (s:LoginSession {id: $id})-[:OF]->(a:Account)
RETURN properties(s) AS session, properties(a) AS account
