// Make a node that was emptied an alias of another: its id stands there from now on, what it showed is remembered.
// parameters: id, into
// returns: none
// cardinality: write
MATCH (n:Entity {id: $id})
SET n.into = $into, n.root = $into, n.labels = labels(n)
WITH n, labels(n) AS own
REMOVE n:$(own)
SET n:Alias
