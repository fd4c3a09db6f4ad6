// Other buyers of the wanted products, and the firms that supply them; a buyer nobody is known to supply has no
// supplier. Evidence is that of the supply relationship.
// parameters: products, party
// returns: buyer, buyer_name, suppliers
// cardinality: many
UNWIND $products AS wanted
MATCH (b:Enterprise)-[:BUYS]->(:Entity {id: wanted})
WHERE b.id <> coalesce($party, '')
WITH DISTINCT b
RETURN b.id AS buyer, b.name AS buyer_name,
       COLLECT {
         MATCH (o:Enterprise)-[r:SUPPLIES_TO]->(b)
         WITH DISTINCT o.id AS supplier, r.source AS source, r.observed_on AS day ORDER BY supplier, source, day
         RETURN [supplier, source, day]
       } AS suppliers
ORDER BY buyer
