// Keep how a foreign list is read, under a name.
// parameters: name, payload, saved_at
// returns: none
// cardinality: write
MERGE (m:ListMapping {name: $name})
SET m.payload = $payload, m.saved_at = $saved_at
