// The chains as the plan and the catalog describe them, in their order.
// parameters: none
// returns: id, name, tier, order, summary, office, basis, reviewed_by, reviewed_on, sample
// cardinality: many
MATCH (c:Chain)
RETURN c.id AS id, c.name AS name, c.tier AS tier, c.order AS order, c.summary AS summary, c.office AS office,
       c.basis AS basis, c.reviewed_by AS reviewed_by, c.reviewed_on AS reviewed_on, coalesce(c.sample, false) AS sample
ORDER BY order, id
