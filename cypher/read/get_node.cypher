// A node by its id, an id that was joined to it, number, exchange code, name or short name; an id wins over the rest.
// parameters: ref
// returns: id, labels, props
// cardinality: one
CALL () {
  MATCH (n:Entity {id: $ref}) RETURN n, 0 AS rank
  UNION
  MATCH (a:Alias {id: $ref}) MATCH (n:Entity {id: a.root}) RETURN n, 0 AS rank
  UNION
  MATCH (n:Listing {number: $ref}) RETURN n, 1 AS rank
  UNION
  MATCH (n:Enterprise {exchange_code: $ref}) RETURN n, 2 AS rank
  UNION
  MATCH (n:Entity {name: $ref}) RETURN n, 3 AS rank
  UNION
  MATCH (n:Enterprise {short_name: $ref}) RETURN n, 4 AS rank
  UNION
  MATCH (a:Alias {name: $ref}) MATCH (n:Entity {id: a.root}) RETURN n, 5 AS rank
}
WITH n, rank
ORDER BY rank, size(labels(n)) DESC, n.id
LIMIT 1
RETURN n.id AS id, labels(n) AS labels, properties(n) AS props
