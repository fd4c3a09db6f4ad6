// Make relationships of one type again, as they were kept, where both ends are still there; an older one is gone.
// parameters: type, rows
// returns: none
// cardinality: write
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props
