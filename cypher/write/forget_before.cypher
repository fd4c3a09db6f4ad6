// Forget what was kept of a source before all but the newest runs that kept anything.
// parameters: source, newest
// returns: none
// cardinality: write
MATCH (run:ImportRun {source: $source})
WHERE run.kept
WITH run ORDER BY run.started_at DESC SKIP $newest
SET run.kept = false
WITH run
MATCH (kept:RunBefore {run: run.id})
DELETE kept
