// Pairs between two sets of ids that somebody said are never the same.
// parameters: left, right
// returns: id, left_name, right_name
// cardinality: many
MATCH (r:Review {state: 'different'})
WHERE (r.left IN $left AND r.right IN $right) OR (r.left IN $right AND r.right IN $left)
RETURN r.id AS id, r.left_name AS left_name, r.right_name AS right_name
ORDER BY id
