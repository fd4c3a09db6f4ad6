// Who looked for firms of a segment, when, where and with what result.
// parameters: none
// returns: segment, by, sources, found, on, method, sample
// cardinality: many
MATCH (o:Organisation)-[r:SEARCHED]->(k:Segment)
RETURN k.id AS segment, o.name AS by, coalesce(r.sources, []) AS sources, r.found AS found, r.searched_on AS on,
       coalesce(r.method, '') AS method, EXISTS { MATCH (:Source {id: r.source, sample: true}) } AS sample
ORDER BY segment, on, by
