// Write nodes as a source states them that has not stated them before: `upsert_nodes` without looking for what it said.
// A node that only this source states shows just what it says;
// the ids of those that others state too come back, to be settled by rank.
// parameters: source, said, rows
// returns: id
// cardinality: write
MATCH (s:Source {id: $source})
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n:$(row.labels)
CREATE (s)-[said:STATES]->(n)
SET said = row.props, said += $said, said += row.own, said.id = null
WITH n, row, COUNT { (n)<-[:STATES]-() } > 1 AS shared
FOREACH (_ IN CASE WHEN shared THEN [] ELSE [1] END | SET n = row.props)
WITH n, shared
WHERE shared
RETURN n.id AS id
