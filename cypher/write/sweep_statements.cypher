// Take back up to 10,000 statements a source makes no longer: its batch is none of this run's; the nodes they were about
// come back, with whether somebody else still needs them.
// parameters: source, tags
// returns: id, needed
// cardinality: write
MATCH (:Source {id: $source})-[said:STATES]->(n:Entity)
WHERE NOT said.batch IN $tags
WITH said, n LIMIT 10000
DELETE said
WITH DISTINCT n
RETURN n.id AS id, EXISTS { (n)--() } AS needed
