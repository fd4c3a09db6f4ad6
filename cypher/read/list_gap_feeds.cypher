// Which segment goes into which, as the most trusted source says.
// parameters: none
// returns: start, end, essential, group
// cardinality: many
MATCH (a:Segment)-[f:FEEDS]->(b:Segment)
OPTIONAL MATCH (s:Source {id: f.source})
WITH a, b, f
ORDER BY coalesce(s.rank, 9), f.observed_on DESC, f.source
WITH a, b, collect(f)[0] AS f
RETURN a.id AS start, b.id AS end, f.essential AS essential, f.group AS group
ORDER BY start, end
