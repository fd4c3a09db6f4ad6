// What every source says of firms in segments, with who would have to check it; of one firm, one segment, or all.
// parameters: firm, segment
// returns: firm, firm_name, segment, segment_name, chains, sample, status, towns, said, source, source_name, rank
// cardinality: many
MATCH (e:Enterprise)-[r:LINKED_TO]->(k:Segment)
WHERE ($firm IS NULL OR e.id = $firm) AND ($segment IS NULL OR k.id = $segment)
OPTIONAL MATCH (s:Source {id: r.source})
RETURN e.id AS firm, e.name AS firm_name, k.id AS segment, k.name AS segment_name,
       COLLECT { MATCH (k)-[:PART_OF]->(c:Chain) RETURN DISTINCT c.name ORDER BY c.name } AS chains,
       coalesce(e.sample, false) AS sample, e.status AS status,
       COLLECT {
         MATCH (e)-[:HAS_SITE]->(:Site)-[:IN]->(p:Place) RETURN {name: p.name, level: p.level, code: p.code}
         UNION
         MATCH (e)-[:IN]->(p:Place) RETURN {name: p.name, level: p.level, code: p.code}
       } AS towns,
       properties(r) AS said, r.source AS source, coalesce(s.name, r.source) AS source_name, coalesce(s.rank, 9) AS rank
ORDER BY firm, segment, rank, source
