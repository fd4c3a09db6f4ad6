// Keep meetings, outcomes, follow-ups, changes on the day and who is left out as they are after an edit.
// parameters: event, rows
// returns: none
// cardinality: write
MATCH (e:Event {id: $event})
UNWIND $rows AS row
MERGE (n:Entity {id: row.props.id})
SET n:$(row.labels), n = row.props
FOREACH (_ IN CASE WHEN row.label IN ['Meeting', 'DayChange', 'LeftOut'] THEN [1] ELSE [] END | MERGE (n)-[:AT]->(e))
WITH n, row
OPTIONAL MATCH (m:Meeting {id: row.props.meeting})
FOREACH (_ IN CASE WHEN m IS NOT NULL AND row.label = 'Outcome' THEN [1] ELSE [] END | MERGE (n)-[:FROM]->(m))
FOREACH (_ IN CASE WHEN m IS NOT NULL AND row.label = 'FollowUp' THEN [1] ELSE [] END | MERGE (n)-[:FOLLOWS]->(m))
FOREACH (_ IN CASE WHEN m IS NOT NULL AND row.label = 'Attachment' THEN [1] ELSE [] END | MERGE (n)-[:BACKS]->(m))
