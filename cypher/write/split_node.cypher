// Make an alias a node of its own again, showing what it last showed.
// parameters: id
// returns: none
// cardinality: write
MATCH (n:Alias {id: $id})
WITH n, n.labels AS own
REMOVE n:Alias, n.into, n.root, n.labels
SET n:$(own)
