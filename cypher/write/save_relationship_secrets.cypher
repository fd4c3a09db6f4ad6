// Keep values of relationships sealed anew.
// parameters: rows
// returns: none
// cardinality: write
UNWIND $rows AS row
MATCH ()-[r]->() WHERE elementId(r) = row.id
SET r += row.props
