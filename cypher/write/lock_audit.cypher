// Hold the end of the audit chain until the transaction ends, so that events follow one another.
// parameters: none
// returns: number, hash
// cardinality: write
MERGE (h:AuditHead {id: 'audit'})
SET h.claimed = coalesce(h.claimed, 0) + 1
RETURN coalesce(h.number, 0) AS number, coalesce(h.hash, '') AS hash
