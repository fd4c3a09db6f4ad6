// Record that ids stand at another node: `into` is the id each was joined to, `root` the node it stands at now.
// parameters: rows
// returns: none
// cardinality: write
UNWIND $rows AS row
MERGE (a:Alias {id: row.id})
SET a += row
