// One page of the review queue in one state, the likeliest first, and how many there are. Open pairs of which one is
// gone, or that are one node by now, are left out; with towns also those of
// which neither firm lies in one.
// parameters: state, towns, skip, limit
// returns: total, reviews
// cardinality: one
MATCH (r:Review {state: $state})
OPTIONAL MATCH (la:Alias {id: r.left})
OPTIONAL MATCH (ra:Alias {id: r.right})
OPTIONAL MATCH (left:Entity {id: coalesce(la.root, r.left)})
OPTIONAL MATCH (right:Entity {id: coalesce(ra.root, r.right)})
WITH r, left, right
WHERE ($state <> 'open' OR left <> right) AND (size($towns) = 0 OR EXISTS {
  MATCH (firm)-[:HAS_SITE*0..1]->()-[:IN*1..4]->(place:Place)
  WHERE firm IN [left, right] AND place.id IN $towns
})
ORDER BY r.score DESC, r.id
WITH collect(properties(r)) AS reviews
RETURN size(reviews) AS total, reviews[$skip..$skip + $limit] AS reviews
