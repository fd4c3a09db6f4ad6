// One copy kept beside the graph of what a source or an organiser said: locked, then read.
// parameters: id
// returns: label, props
// cardinality: write
MATCH (n:RunBefore|ImportRun|EventChange) WHERE elementId(n) = $id
SET n.sealing = true
REMOVE n.sealing
RETURN CASE WHEN n:RunBefore THEN 'RunBefore' WHEN n:EventChange THEN 'EventChange' ELSE 'ImportRun' END AS label,
       properties(n) AS props
