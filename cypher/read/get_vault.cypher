// Which keys sealed values were made with, and whether a pass over all of them is not yet through: 'first' or 'rotating'.
// parameters: none
// returns: keys, pass
// cardinality: one
MATCH (v:Vault {id: 'vault'})
RETURN v.keys AS keys, v.pass AS pass
