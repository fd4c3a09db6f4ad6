// What firms buy of each segment, as the most trusted source says.
// parameters: none
// returns: buyer, product, name, segment, amount, import_share, single_country_share, import_country, observed_on
// cardinality: many
MATCH (e:Enterprise)-[b:BUYS]->(p:Product)
OPTIONAL MATCH (s:Source {id: b.source})
WITH e, p, b
ORDER BY coalesce(s.rank, 9), b.observed_on DESC, b.source
WITH e, p, collect(b)[0] AS b
MATCH (k:Segment)-[:COVERS]->(p)
RETURN DISTINCT e.id AS buyer, p.id AS product, p.name AS name, k.id AS segment, b.amount AS amount,
       b.import_share AS import_share, b.single_country_share AS single_country_share,
       b.import_country AS import_country, b.observed_on AS observed_on
ORDER BY segment, buyer, product
