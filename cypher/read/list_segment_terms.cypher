// The words of every segment, for linking products by name.
// parameters: none
// returns: segment, terms, lookalikes
// cardinality: many
MATCH (s:Segment)
RETURN s.id AS segment, s.terms AS terms, coalesce(s.lookalikes, []) AS lookalikes
ORDER BY segment
