// Let those who edit an event come one after the other; tell the last edit there was.
// parameters: event
// returns: number, by, at
// cardinality: write
MATCH (e:Event {id: $event})
SET e.number = e.number
WITH e
OPTIONAL MATCH (c:EventChange {event: e.id})
WITH e, c ORDER BY c.number DESC LIMIT 1
RETURN coalesce(c.number, 0) AS number, c.by AS by, c.at AS at
