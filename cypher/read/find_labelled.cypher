// The id of a node of one label by id (also one that was joined to it), exchange code, social credit code, name, short
// name or, for a segment, 链名/环节名.
// parameters: ref, label
// returns: id
// cardinality: one
CALL () {
  MATCH (n:Entity {id: $ref}) RETURN n, 0 AS rank
  UNION
  MATCH (a:Alias {id: $ref}) MATCH (n:Entity {id: a.root}) RETURN n, 0 AS rank
  UNION
  MATCH (n:Enterprise {exchange_code: $ref}) RETURN n, 1 AS rank
  UNION
  MATCH (n:Entity {name: $ref}) RETURN n, 2 AS rank
  UNION
  MATCH (n:Enterprise {short_name: $ref}) RETURN n, 3 AS rank
  UNION
  MATCH (a:Alias {name: $ref}) MATCH (n:Entity {id: a.root}) RETURN n, 3 AS rank
  UNION
  MATCH (n:Segment)-[:PART_OF]->(c:Chain)
  WHERE $label = 'Segment' AND c.name + '/' + n.name = $ref
  RETURN n, 4 AS rank
  UNION
  MATCH (n:Enterprise)
  WHERE $label = 'Enterprise' AND n.uscc = $ref
  RETURN n, 5 AS rank
}
WITH n, rank
WHERE $label IN labels(n)
ORDER BY rank, n.id
LIMIT 1
RETURN n.id AS id
