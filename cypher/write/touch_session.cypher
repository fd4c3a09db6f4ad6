// Note that a session is in use.
// parameters: id, seen_at
// returns: none
// cardinality: write
MATCH (s:LoginSession {id: $id})
SET s.seen_at = $seen_at
