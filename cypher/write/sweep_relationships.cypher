// Delete up to 10,000 relationships a source states no longer: its batch is none of this run's.
// parameters: source, tags
// returns: swept
// cardinality: write
MATCH (:Entity)-[r]->(:Entity)
WHERE r.source = $source AND NOT r.batch IN $tags
WITH r LIMIT 10000
DELETE r
RETURN count(*) AS swept
