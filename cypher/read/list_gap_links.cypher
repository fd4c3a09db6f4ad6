// What every source says of firms in segments.
// parameters: none
// returns: firm, segment, state, grade, evidence, capacity_share, certification_months, checked_on, observed_on, source, rank, wording
// cardinality: many
MATCH (e:Enterprise)-[r:LINKED_TO]->(k:Segment)
OPTIONAL MATCH (s:Source {id: r.source})
RETURN e.id AS firm, k.id AS segment, r.state AS state, r.grade AS grade, r.evidence AS evidence,
       r.capacity_share AS capacity_share, r.certification_months AS certification_months,
       r.checked_on AS checked_on, r.observed_on AS observed_on,
       coalesce(s.name, r.source, '') AS source, coalesce(s.rank, 9) AS rank,
       r.wording AS wording
ORDER BY segment, firm, rank, source
