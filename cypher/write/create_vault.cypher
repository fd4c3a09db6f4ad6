// Write down the first key of a graph, unless another process was faster; what holds then.
// parameters: key
// returns: keys, pass
// cardinality: write
MERGE (v:Vault {id: 'vault'})
ON CREATE SET v.keys = [$key], v.pass = 'first'
RETURN v.keys AS keys, v.pass AS pass
