// Write relationships of one type as a source states them that has not stated them before: `upsert_relationships`
// without looking for what it said.
// Rows whose ends are both in the graph are written; their numbers come back.
// parameters: source, type, said, rows
// returns: written
// cardinality: write
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props, r += $said, r += row.own, r.source = $source
RETURN collect(row.number) AS written
