// Needs that are open, in the order of their numbers.
// parameters: none
// returns: id
// cardinality: many
MATCH (n:Need {state: 'open'})
RETURN n.id AS id
ORDER BY n.number, n.id
