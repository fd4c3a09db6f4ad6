// Copies kept beside the graph of what sources said: before a run, and of what a run refused.
// parameters: none
// returns: id
// cardinality: many
MATCH (n:RunBefore|ImportRun)
RETURN elementId(n) AS id
