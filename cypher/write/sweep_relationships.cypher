// Delete up to 10,000 relationships a source stated in an earlier run but not in this one.
// parameters: source, run
// returns: swept
// cardinality: write
MATCH (:Entity)-[r]->(:Entity)
WHERE r.source = $source AND r.run <> $run
WITH r LIMIT 10000
DELETE r
RETURN count(*) AS swept
