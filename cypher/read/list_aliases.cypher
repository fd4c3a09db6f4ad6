// Every id that stands at another node.
// parameters: none
// returns: id, root
// cardinality: many
MATCH (a:Alias)
RETURN a.id AS id, a.root AS root
