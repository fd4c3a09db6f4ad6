// Known supplies between firms and what is supplied (empty: not stated), over all sources.
// parameters: none
// returns: buyer, supplier, products
// cardinality: many
MATCH (o:Enterprise)-[r:SUPPLIES_TO]->(b:Enterprise)
WHERE o <> b
WITH b, o, collect(coalesce(r.products, [])) AS listed
RETURN b.id AS buyer, o.id AS supplier,
       COLLECT { UNWIND listed AS some UNWIND some AS one RETURN DISTINCT one ORDER BY one } AS products
ORDER BY buyer, supplier
