// Whether an administrator was ever named; from then on the service asks who comes.
// parameters: none
// returns: found
// cardinality: one
RETURN EXISTS { MATCH (a:Account) WHERE 'admin' IN a.roles } AS found
