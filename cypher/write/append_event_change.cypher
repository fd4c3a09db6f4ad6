// Write down an edit of an event.
// parameters: change
// returns: none
// cardinality: write
CREATE (c:Entity:EventChange)
SET c = $change
