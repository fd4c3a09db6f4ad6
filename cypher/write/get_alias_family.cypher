// The node an id stands at, and every id that stands there beside its own; read under the lock. Without such a node
// labels are null.
// parameters: id
// returns: root, labels, sample, name, stated, aliases
// cardinality: one
OPTIONAL MATCH (own:Alias {id: $id})
WITH coalesce(own.root, $id) AS root
OPTIONAL MATCH (n:Entity {id: root})
RETURN root, CASE WHEN n IS NULL THEN null ELSE labels(n) END AS labels, coalesce(n.sample, false) AS sample,
       n.name AS name, EXISTS { (n)<-[:STATES]-() } AS stated,
       COLLECT { MATCH (a:Alias {root: root}) RETURN a {.id, .into} ORDER BY a.id } AS aliases
