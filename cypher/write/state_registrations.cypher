// State an event or registrations for it in the name of its organisers; the ids come back, to be settled.
// parameters: event, source, rows
// returns: id
// cardinality: write
MERGE (s:Source {id: $source.id})
SET s += $source
WITH s
UNWIND $rows AS row
MERGE (n:Entity {id: row.props.id})
SET n:$(row.labels)
MERGE (s)-[said:STATES]->(n)
SET said = row.said
WITH n, row, s
OPTIONAL MATCH (e:Event {id: $event})
WHERE row.label = 'Participation'
OPTIONAL MATCH (o:Organisation {
  id: coalesce(head(COLLECT { MATCH (a:Alias {id: row.props.organisation}) RETURN a.root }), row.props.organisation)
})
FOREACH (_ IN CASE WHEN e IS NULL THEN [] ELSE [1] END |
  MERGE (n)-[at:AT {source: s.id}]->(e)
  SET at += row.tie
)
FOREACH (_ IN CASE WHEN e IS NULL OR o IS NULL THEN [] ELSE [1] END |
  MERGE (o)-[part:TAKES_PART {source: s.id}]->(n)
  SET part += row.tie
)
RETURN n.id AS id
