// The district at home as it was set last.
// parameters: none
// returns: code, name, by, at, reason
// cardinality: one
MATCH (c:DistrictChange)
RETURN c.code AS code, c.name AS name, c.by AS by, c.at AS at, c.reason AS reason
ORDER BY c.at DESC
LIMIT 1
