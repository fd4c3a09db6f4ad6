// Firms that make products of a segment, with the revenue shares of those products of which it is known.
// parameters: none
// returns: firm, segment, products, sources, shares, observed_on
// cardinality: many
MATCH (e:Enterprise)-[m:MAKES]->(p:Product)
OPTIONAL MATCH (s:Source {id: m.source})
WITH e, p, m, s
ORDER BY coalesce(s.rank, 9), m.observed_on DESC, m.source
WITH e, p, collect(m.share)[0] AS share, collect(coalesce(s.name, m.source)) AS said, max(m.observed_on) AS observed_on
MATCH (k:Segment)-[:COVERS]->(p)
WITH DISTINCT e, k, p, share, said, observed_on
WITH e, k, collect(p.name) AS products, collect(share) AS shares, collect(said) AS said, max(observed_on) AS observed_on
RETURN e.id AS firm, k.id AS segment, products, reduce(all = [], some IN said | all + some) AS sources,
       shares, observed_on
ORDER BY segment, firm
