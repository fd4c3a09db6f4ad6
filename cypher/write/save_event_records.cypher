// Keep meetings, outcomes and changes on the day as they are after an edit.
// parameters: event, rows
// returns: none
// cardinality: write
MATCH (e:Event {id: $event})
UNWIND $rows AS row
MERGE (n:Entity {id: row.props.id})
SET n:$(row.labels), n = row.props
FOREACH (_ IN CASE WHEN row.label = 'Outcome' THEN [] ELSE [1] END | MERGE (n)-[:AT]->(e))
WITH n, row
OPTIONAL MATCH (m:Meeting {id: row.props.meeting})
FOREACH (_ IN CASE WHEN m IS NULL THEN [] ELSE [1] END | MERGE (n)-[:FROM]->(m))
