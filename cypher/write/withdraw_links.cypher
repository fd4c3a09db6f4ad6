// Take back what a source says of firms in segments: of one segment, or of all when none is given.
// parameters: source, firms, segment
// returns: withdrawn
// cardinality: write
MATCH (e:Enterprise)-[r:LINKED_TO {source: $source}]->(k:Segment)
WHERE e.id IN $firms AND ($segment IS NULL OR k.id = $segment)
DELETE r
RETURN count(*) AS withdrawn
