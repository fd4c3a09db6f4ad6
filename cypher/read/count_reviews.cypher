// How many pairs of the review queue stand in each state; open ones only while both firms are there and apart;
// with towns only those of which a firm lies in one.
// parameters: towns
// returns: state, count
// cardinality: many
MATCH (r:Review)
OPTIONAL MATCH (la:Alias {id: r.left})
OPTIONAL MATCH (ra:Alias {id: r.right})
OPTIONAL MATCH (left:Entity {id: coalesce(la.root, r.left)})
OPTIONAL MATCH (right:Entity {id: coalesce(ra.root, r.right)})
WITH r, left, right
WHERE (r.state <> 'open' OR left <> right) AND (size($towns) = 0 OR EXISTS {
  MATCH (firm)-[:HAS_SITE*0..1]->()-[:IN*1..4]->(place:Place)
  WHERE firm IN [left, right] AND place.id IN $towns
})
RETURN r.state AS state, count(*) AS count
ORDER BY state
