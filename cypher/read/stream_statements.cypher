// Every statement of a source about a node.
// parameters: none
// returns: source, id, props
// cardinality: many
MATCH (s:Source)-[said:STATES]->(n:Entity)
RETURN s.id AS source, n.id AS id, properties(said) AS props
