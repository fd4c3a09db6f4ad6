// Open needs of those who take part in an event.
// parameters: event
// returns: id, party
// cardinality: many
MATCH (:Event {id: $event})<-[:AT]-(p:Participation)<-[:TAKES_PART]-(o:Organisation)-[:POSTS]->(n:Need {state: 'open'})
WHERE p.withdrawn IS NULL
RETURN DISTINCT n.id AS id, o.id AS party
ORDER BY id, party
