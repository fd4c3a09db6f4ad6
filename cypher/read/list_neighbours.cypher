// The relationships of a node, up to a number for each type and direction, with how many there are in all.
// parameters: id, limit
// returns: type, outgoing, total, neighbours
// cardinality: many
MATCH (n:Entity {id: $id})
CALL (n) {
  MATCH (n)-[r]->(other:Entity) RETURN type(r) AS type, true AS outgoing, r, other
  UNION ALL
  MATCH (n)<-[r]-(other:Entity) RETURN type(r) AS type, false AS outgoing, r, other
}
WITH type, outgoing, r, other
WHERE type <> 'WITHIN' // between two ids of this very firm
WITH type, outgoing, r, other
ORDER BY type, outgoing DESC, other.name, other.id, r.source
WITH type, outgoing, count(*) AS total,
     collect({id: other.id, name: other.name, labels: labels(other), sample: other.sample, props: properties(r)})[..$limit]
       AS neighbours
RETURN type, outgoing, total, neighbours
ORDER BY type, outgoing DESC
