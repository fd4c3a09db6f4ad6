// Pairs of organisations of which nobody has decided yet whether they are one, among some.
// parameters: ids
// returns: review, a, b
// cardinality: many
MATCH (r:Review {state: 'open'})
OPTIONAL MATCH (la:Alias {id: r.left})
OPTIONAL MATCH (ra:Alias {id: r.right})
WITH r, coalesce(la.root, r.left) AS a, coalesce(ra.root, r.right) AS b
WHERE a <> b AND a IN $ids AND b IN $ids
RETURN r.id AS review, a, b
ORDER BY r.score DESC, review
