// The end of the audit chain.
// parameters: none
// returns: number, hash
// cardinality: one
MATCH (h:AuditHead {id: 'audit'})
RETURN coalesce(h.number, 0) AS number, coalesce(h.hash, '') AS hash
