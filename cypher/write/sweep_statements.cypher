// Take back up to 10,000 statements a source made in an earlier run but not in this one; the nodes they were about
// come back, with whether somebody else still needs them.
// parameters: source, run
// returns: id, needed
// cardinality: write
MATCH (:Source {id: $source})-[said:STATES]->(n:Entity)
WHERE said.run <> $run
WITH said, n LIMIT 10000
DELETE said
WITH DISTINCT n
RETURN n.id AS id, EXISTS { (n)--() } AS needed
