// Write relationships of one type as one source states them, one per pair of nodes and source.
// Rows whose ends are both in the graph are written; their numbers come back. `said` holds of all rows, `own` of one.
// parameters: source, type, said, rows
// returns: written
// cardinality: write
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
MERGE (a)-[r:$($type) {source: $source}]->(b)
SET r = row.props, r += $said, r += row.own, r.source = $source
RETURN collect(row.number) AS written
