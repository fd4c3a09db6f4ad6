// An access token by the hash of its secret, with its account; its firm is the one that stands for it now.
// parameters: secret
// returns: token, account
// cardinality: one
MATCH (t:ApiToken {secret: $secret})-[:OF]->(a:Account)
OPTIONAL MATCH (former:Alias {id: a.firm})
RETURN properties(t) AS token, a {.*, firm: coalesce(former.root, a.firm)} AS account
