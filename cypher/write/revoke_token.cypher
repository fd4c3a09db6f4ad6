// Revoke an access token of an account.
// parameters: account, id, at
// returns: id
// cardinality: write
MATCH (:Account {id: $account})<-[:OF]-(t:ApiToken {id: $id})
SET t.revoked_at = coalesce(t.revoked_at, $at)
RETURN t.id AS id
