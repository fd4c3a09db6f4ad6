// Every id that stands at the node of an id: its own and those that were joined to it.
// parameters: id
// returns: id
// cardinality: many
OPTIONAL MATCH (own:Alias {id: $id})
WITH coalesce(own.root, $id) AS root
UNWIND [root] + COLLECT { MATCH (a:Alias {root: root}) RETURN a.id ORDER BY a.id } AS id
RETURN id
