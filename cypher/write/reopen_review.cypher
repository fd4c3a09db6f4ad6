// Take back what was decided about a pair.
// parameters: id
// returns: none
// cardinality: write
MATCH (r:Review {id: $id})
SET r.state = 'open', r.decided_by = null, r.decided_at = null, r.drop = null, r.keep = null,
    r.version = r.version + 1
