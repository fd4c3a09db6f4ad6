// Sign an account in; sessions last used before a moment are forgotten.
// parameters: account, props, before
// returns: id
// cardinality: write
MATCH (a:Account {id: $account})
CALL (a) {
  MATCH (a)<-[:OF]-(old:LoginSession)
  WHERE old.seen_at < $before
  DETACH DELETE old
}
CREATE (s:LoginSession)-[:OF]->(a)
SET s = $props
RETURN s.id AS id
