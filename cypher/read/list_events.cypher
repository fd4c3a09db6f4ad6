// Events of the audit chain, newest first, before a number; about any of some subjects, of a person or of a kind when given.
// parameters: before, limit, subjects, who, kind
// returns: event
// cardinality: many
MATCH (e:AuditEvent)
WHERE ($before IS NULL OR e.number < $before)
  AND ($subjects IS NULL OR any(subject IN $subjects WHERE subject IN e.subjects))
  AND ($who IS NULL OR e.who = $who)
  AND ($kind IS NULL OR e.kind = $kind)
RETURN properties(e) AS event
ORDER BY e.number DESC
LIMIT $limit
