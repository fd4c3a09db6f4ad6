// Segments of chains with settings of their own, each with the first of these chains.
// parameters: chains
// returns: segment, chain
// cardinality: many
MATCH (k:Segment)-[:PART_OF]->(c:Chain) WHERE c.id IN $chains
WITH DISTINCT k, c ORDER BY coalesce(c.order, 0), c.id
RETURN k.id AS segment, collect(c.id)[0] AS chain
ORDER BY segment
