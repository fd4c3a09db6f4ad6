// An event by id, number or name.
// parameters: ref
// returns: event
// cardinality: one
MATCH (e:Event)
WHERE e.id = $ref OR e.number = $ref OR e.name = $ref
RETURN properties(e) AS event
ORDER BY CASE $ref WHEN e.id THEN 0 WHEN e.number THEN 1 ELSE 2 END, e.held_on DESC
LIMIT 1
