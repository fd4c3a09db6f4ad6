// A firm's registrations for events with what each source states of them: locked, then read.
// parameters: firm
// returns: id, props, statements
// cardinality: write
MATCH (:Organisation {id: $firm})-[:TAKES_PART]->(p:Participation)
WITH DISTINCT p
SET p.sealing = true
REMOVE p.sealing
RETURN elementId(p) AS id, properties(p) AS props,
       COLLECT { MATCH (:Source)-[said:STATES]->(p) RETURN {id: elementId(said), props: properties(said)} } AS statements
