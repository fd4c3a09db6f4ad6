// Firms of the district by size of revenue (CNY a year), and those listed from a day on.
// parameters: district, since
// returns: firms, with_revenue, over_1_billion, over_10_billion, over_100_billion, with_listing, newly_listed, sample
// cardinality: one
MATCH (e:Enterprise)
WHERE EXISTS { (e)-[:HAS_SITE]->(:Site)-[:IN]->(p:Place) WHERE p.code STARTS WITH $district }
   OR EXISTS { (e)-[:IN]->(p:Place) WHERE p.code STARTS WITH $district }
RETURN count(e) AS firms, count(e.revenue) AS with_revenue,
       count(CASE WHEN e.revenue >= 1000000000 THEN 1 END) AS over_1_billion,
       count(CASE WHEN e.revenue >= 10000000000 THEN 1 END) AS over_10_billion,
       count(CASE WHEN e.revenue >= 100000000000 THEN 1 END) AS over_100_billion,
       count(e.listed_on) AS with_listing,
       count(CASE WHEN e.listed_on >= $since THEN 1 END) AS newly_listed,
       count(CASE WHEN e.sample THEN 1 END) > 0 AS sample
