// What people decided of links, the first first; of one firm, or all. A firm that was joined to another is that one.
// What people decided of links, the first first; of one firm, or all. What was decided of an id that stands at another
// node by now holds for that node.
// parameters: firm
// returns: decision
// cardinality: many
MATCH (d:LinkDecision)
OPTIONAL MATCH (own:Alias {id: d.firm})
WITH d, coalesce(own.root, d.firm) AS firm
OPTIONAL MATCH (a:Alias {id: d.firm})
WITH d, coalesce(a.root, d.firm) AS firm
WHERE $firm IS NULL OR firm = $firm
RETURN d {.*, firm: firm} AS decision
ORDER BY d.at, d.id
