// Every event of the audit chain in its order.
// parameters: none
// returns: event
// cardinality: many
MATCH (e:AuditEvent)
RETURN properties(e) AS event
ORDER BY e.number
