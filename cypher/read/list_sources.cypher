// The sources that state anything, the most trusted first.
// parameters: none
// returns: id, name, rank, observed_on, sample, note
// cardinality: many
MATCH (s:Source)
WHERE EXISTS { (s)-[:STATES]->() }
RETURN s.id AS id, s.name AS name, s.rank AS rank, s.observed_on AS observed_on, coalesce(s.sample, false) AS sample,
       s.note AS note
ORDER BY rank, id
