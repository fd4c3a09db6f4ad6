// Snapshots of the board, the last first.
// parameters: none
// returns: id, name, taken_on, at, by, note, revision, settings, ring, sample
// cardinality: many
MATCH (s:Snapshot)
RETURN s.id AS id, s.name AS name, s.taken_on AS taken_on, s.at AS at, s.by AS by, s.note AS note,
       s.revision AS revision, s.settings AS settings, s.ring AS ring, s.sample AS sample
ORDER BY taken_on DESC
