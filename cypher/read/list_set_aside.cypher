// Copies kept beside the graph of what sources said: before a run, of what a run refused, and of what
// organisers of events changed.
// parameters: none
// returns: id
// cardinality: many
MATCH (n:RunBefore|ImportRun|EventChange)
RETURN elementId(n) AS id
