// Some relationships of a type with a value that is not sealed under the current key: locked, then read.
// parameters: type, fields, current, limit
// returns: id, props
// cardinality: write
CALL () {
  MATCH (:Entity)-[r:$($type)]->() RETURN r
  UNION ALL
  MATCH (:Entity)-[r:WITHIN]->() WHERE r.within = $type RETURN r
}
WITH r
WHERE any(field IN $fields WHERE r[field] IS NOT NULL AND NOT coalesce(r[field] STARTS WITH $current, false))
WITH r LIMIT $limit
SET r.sealing = true
REMOVE r.sealing
RETURN elementId(r) AS id, properties(r) AS props
