// The last search for firms of each segment: who, when, how many, in which sources.
// parameters: none
// returns: segment, by, on, found, sources
// cardinality: many
MATCH (o:Organisation)-[r:SEARCHED]->(k:Segment)
WITH k, o, r
ORDER BY r.searched_on DESC, o.name
WITH k, collect({by: o.name, on: r.searched_on, found: r.found, sources: coalesce(r.sources, [])})[0] AS last
RETURN k.id AS segment, last.by AS by, last.on AS on, last.found AS found, last.sources AS sources
ORDER BY segment
