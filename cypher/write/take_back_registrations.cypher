// Take back what organisers state of an event and registrations; those ids come back, with whether a source states them
// still.
// parameters: source, ids
// returns: id, needed
// cardinality: write
UNWIND $ids AS id
MATCH (:Source {id: $source})-[said:STATES]->(n:Entity {id: id})
WHERE n:Event OR n:Participation
DELETE said
WITH n
OPTIONAL MATCH (n)-[r:AT|TAKES_PART {source: $source}]-()
DELETE r
WITH DISTINCT n
RETURN n.id AS id, EXISTS { (n)<-[:STATES]-() } AS needed
