// Some statements about nodes of a label with a value that is not sealed under the current key: locked, then read.
// parameters: label, fields, current, limit
// returns: id, props
// cardinality: write
MATCH (:Source)-[r:STATES]->(:$($label))
WHERE any(field IN $fields WHERE r[field] IS NOT NULL AND NOT coalesce(r[field] STARTS WITH $current, false))
WITH r LIMIT $limit
SET r.sealing = true
REMOVE r.sealing
RETURN elementId(r) AS id, properties(r) AS props
