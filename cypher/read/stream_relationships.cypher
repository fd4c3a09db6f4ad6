// Every relationship between two nodes that are about the world.
// parameters: none
// returns: start, type, end, props
// cardinality: many
MATCH (a:Entity)-[r]->(b:Entity)
RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS props
