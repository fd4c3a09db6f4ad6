// Some nodes of a label, or aliases of such, with a value that is not sealed under the current key: locked, then read.
// parameters: label, fields, current, limit
// returns: id, props
// cardinality: write
CALL () {
  MATCH (n:$($label)) RETURN n
  UNION ALL
  MATCH (n:Alias) WHERE $label IN n.labels RETURN n
}
WITH n
WHERE any(field IN $fields WHERE n[field] IS NOT NULL AND NOT coalesce(n[field] STARTS WITH $current, false))
WITH n LIMIT $limit
SET n.sealing = true
REMOVE n.sealing
RETURN elementId(n) AS id, properties(n) AS props
