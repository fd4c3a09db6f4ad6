// A session by the hash of its secret, with its account; its firm is the one that stands for it now.
// parameters: id
// returns: session, account
// cardinality: one
MATCH (s:LoginSession {id: $id})-[:OF]->(a:Account)
OPTIONAL MATCH (former:Alias {id: a.firm})
RETURN properties(s) AS session, a {.*, firm: coalesce(former.root, a.firm)} AS account
