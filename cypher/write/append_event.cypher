// Add an event behind the end of the audit chain; read under its lock.
// parameters: props
// returns: none
// cardinality: write
MATCH (h:AuditHead {id: 'audit'})
CREATE (e:AuditEvent)
SET e = $props, h.number = $props.number, h.hash = $props.hash
