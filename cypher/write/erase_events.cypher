// Forget who did what and from where: a person left. The chain holds a salted hash and stays whole.
// parameters: who
// returns: erased
// cardinality: write
MATCH (e:AuditEvent {who: $who})
SET e.who = null, e.origin = null, e.salt = null
RETURN count(*) AS erased
