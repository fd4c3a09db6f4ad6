// Show, for nodes that several sources state, the value of the lowest rank, among equals the later observation. What a
// source of rank 0 states stands whole: nothing of others shows through where it is silent.
// parameters: ids
// returns: none
// cardinality: write
UNWIND $ids AS id
MATCH (n:Entity {id: id})<-[said:STATES]-(s:Source)
WITH n, said, s
ORDER BY s.rank DESC, said.observed_on, s.id DESC, said.stated_id
WITH n, collect({said: properties(said), whole: s.rank = 0}) AS statements
SET n = {id: n.id}
FOREACH (one IN statements |
  FOREACH (_ IN CASE WHEN one.whole THEN [1] ELSE [] END | SET n = {id: n.id})
  SET n += one.said
)
REMOVE n.run, n.row, n.grade, n.observed_on, n.batch, n.stated_id
