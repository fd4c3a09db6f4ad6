// Write nodes as one source states them. A node that only this source states shows just what it says;
// the ids of those that others state too come back, to be settled by rank. `said` holds of all rows, `own` of one.
// parameters: source, said, rows
// returns: id
// cardinality: write
MATCH (s:Source {id: $source})
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n:$(row.labels)
MERGE (s)-[said:STATES]->(n)
SET said = row.props, said += $said, said += row.own, said.id = null
WITH n, row, COUNT { (n)<-[:STATES]-() } > 1 AS shared
FOREACH (_ IN CASE WHEN shared THEN [] ELSE [1] END | SET n = row.props)
WITH n, shared
WHERE shared
RETURN n.id AS id
