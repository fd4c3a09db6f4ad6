// Where firms work: their sites, or a firm itself (site is null) when none is recorded, with the divisions they lie in.
// parameters: none
// returns: firm, site, name, places
// cardinality: many
MATCH (e:Enterprise)-[:HAS_SITE]->(s:Site)
WITH DISTINCT e, s
RETURN e.id AS firm, s.id AS site, s.name AS name,
       COLLECT { MATCH (s)-[:IN]->(p:Place) RETURN DISTINCT {code: p.code, name: p.name} } AS places
UNION ALL
MATCH (e:Enterprise)
WHERE NOT EXISTS { (e)-[:HAS_SITE]->(:Site) } AND EXISTS { (e)-[:IN]->(:Place) }
RETURN e.id AS firm, null AS site, e.name AS name,
       COLLECT { MATCH (e)-[:IN]->(p:Place) RETURN DISTINCT {code: p.code, name: p.name} } AS places
