// What a firm makes, with the shares of its revenue that sources give; encrypted values are ordered by who reads them.
// parameters: party
// returns: name, shares
// cardinality: many
MATCH (:Entity {id: $party})-[r:MAKES]->(p:Product)
WITH p, collect(r.share) AS shares
ORDER BY p.id
RETURN p.name AS name, shares
