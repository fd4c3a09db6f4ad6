// Every node that is about the world, and the sources.
// parameters: none
// returns: labels, props
// cardinality: many
MATCH (n:Entity|Source)
RETURN COLLECT { UNWIND labels(n) AS label RETURN label ORDER BY label } AS labels, properties(n) AS props
