// What people decided of links, the first first; of one firm, or all.
// parameters: firm
// returns: decision
// cardinality: many
MATCH (d:LinkDecision)
WHERE $firm IS NULL OR d.firm = $firm
RETURN properties(d) AS decision
ORDER BY d.at, d.id
