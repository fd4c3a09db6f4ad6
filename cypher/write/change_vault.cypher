// Write down which keys are in use, and which pass over all sealed values has begun or, with null, is through.
// parameters: keys, pass
// returns: none
// cardinality: write
MATCH (v:Vault {id: 'vault'})
SET v.keys = $keys, v.pass = $pass
