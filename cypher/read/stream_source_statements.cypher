// Everything one source states about nodes: the node, and the id it was stated about.
// parameters: source
// returns: id, stated, labels, props
// cardinality: many
MATCH (:Source {id: $source})-[said:STATES]->(n:Entity)
RETURN n.id AS id, coalesce(said.stated_id, n.id) AS stated, labels(n) AS labels, properties(said) AS props
