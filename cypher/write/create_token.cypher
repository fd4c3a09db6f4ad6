// Give an account an access token.
// parameters: account, props
// returns: id
// cardinality: write
MATCH (a:Account {id: $account})
CREATE (t:ApiToken)-[:OF]->(a)
SET t = $props
RETURN t.id AS id
