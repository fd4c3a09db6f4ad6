// How many pairs of the review queue stand in each state; open ones only while both firms are there and apart.
// parameters: none
// returns: state, count
// cardinality: many
MATCH (r:Review)
OPTIONAL MATCH (la:Alias {id: r.left})
OPTIONAL MATCH (ra:Alias {id: r.right})
OPTIONAL MATCH (left:Entity {id: coalesce(la.root, r.left)})
OPTIONAL MATCH (right:Entity {id: coalesce(ra.root, r.right)})
WITH r, left, right
WHERE r.state <> 'open' OR left <> right
RETURN r.state AS state, count(*) AS count
ORDER BY state
