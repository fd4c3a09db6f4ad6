// Record what was decided about a pair.
// parameters: id, state, by, drop, keep
// returns: none
// cardinality: write
MATCH (r:Review {id: $id})
SET r.state = $state, r.decided_by = $by, r.decided_at = datetime(), r.drop = $drop, r.keep = $keep,
    r.version = r.version + 1
