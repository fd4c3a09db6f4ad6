// An access token by the hash of its secret, with its account.
// parameters: secret
// returns: token, account
// cardinality: one
MATCH (t:ApiToken {secret: $secret})-[:OF]->(a:Account)
RETURN properties(t) AS token, properties(a) AS account
