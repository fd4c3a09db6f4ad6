// Every id that stands at a node: its own and those that were joined to it.
// parameters: id
// returns: id
// cardinality: many
UNWIND [$id] + COLLECT { MATCH (a:Alias {root: $id}) RETURN a.id ORDER BY a.id } AS id
RETURN id
