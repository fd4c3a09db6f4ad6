// Edits of an event, the last first.
// parameters: event, limit
// returns: change
// cardinality: many
MATCH (c:EventChange {event: $event})
RETURN properties(c) AS change
ORDER BY c.number DESC
LIMIT $limit
