// Write down where a target stands; nothing comes back when there is no such target.
// parameters: target, reading
// returns: id
// cardinality: write
MATCH (t:Target {id: $target})
CREATE (t)<-[:READING_OF]-(r:Entity:TargetReading)
SET r = $reading
RETURN r.id AS id
