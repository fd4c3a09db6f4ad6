// Put pairs into the review queue. A pair no person touched is brought up to date, any other stays as it is.
// parameters: rows
// returns: none
// cardinality: write
UNWIND $rows AS row
MERGE (r:Review {id: row.id})
ON CREATE SET r.opened_at = datetime(), r.version = 1, r.state = 'open'
WITH r, row
WHERE r.state = 'open' AND r.version = 1
SET r += row, r.decided_at = CASE row.state WHEN 'open' THEN null ELSE datetime() END
