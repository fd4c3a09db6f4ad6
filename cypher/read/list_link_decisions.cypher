// What people decided of links, the first first; of one firm, or all. A firm that was joined to another is that one.
// parameters: firm
// returns: decision
// cardinality: many
MATCH (d:LinkDecision)
OPTIONAL MATCH (own:Alias {id: d.firm})
WITH d, coalesce(own.root, d.firm) AS firm
WHERE $firm IS NULL OR firm = $firm
RETURN d {.*, firm: firm} AS decision
ORDER BY d.at, d.id
