// Pairs of ids that a person said are never the same (different), or took a decision back about (open).
// parameters: none
// returns: left, right, state
// cardinality: many
MATCH (r:Review)
WHERE r.state = 'different' OR (r.state = 'open' AND r.version > 1)
RETURN r.left AS left, r.right AS right, r.state AS state
