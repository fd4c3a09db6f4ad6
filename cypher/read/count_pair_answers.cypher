// How many answers on proposed pairs there are, those taken back too.
// parameters: none
// returns: count
// cardinality: one
MATCH (a:PairAnswer)
RETURN count(a) AS count
