// Give organisations at an event new codes; those they had, and all that expired, are void.
// parameters: event, rows, now
// returns: none
// cardinality: write
CALL () {
  MATCH (old:EventPass)
  WHERE old.expires_at <= $now OR (old.event = $event AND old.organisation IN [row IN $rows | row.organisation])
  DELETE old
}
UNWIND $rows AS row
CREATE (p:EventPass)
SET p = row
