// Keep values of nodes sealed anew.
// parameters: rows
// returns: none
// cardinality: write
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.id
SET n += row.props
