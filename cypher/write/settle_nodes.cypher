// Show, for nodes that several sources state, the value of the lowest rank, among equals the later observation.
// parameters: ids
// returns: none
// cardinality: write
UNWIND $ids AS id
MATCH (n:Entity {id: id})<-[said:STATES]-(s:Source)
WITH n, said, s
ORDER BY s.rank DESC, said.observed_on, s.id DESC, said.stated_id
WITH n, collect(properties(said)) AS statements
SET n = {id: n.id}
FOREACH (statement IN statements | SET n += statement)
REMOVE n.run, n.row, n.grade, n.observed_on, n.batch, n.stated_id
