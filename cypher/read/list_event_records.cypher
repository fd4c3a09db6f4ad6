// What organisers keep of an event: meetings, outcomes, attachments, follow-ups, changes on the day, who is left out, and what they
// state of the event and its registrations in place of the registration's sources.
// parameters: event, source
// returns: label, props
// cardinality: many
MATCH (e:Event {id: $event})
CALL (e) {
  MATCH (e)<-[:AT]-(n:Meeting) RETURN n.id AS id, properties(n) AS props, 'Meeting' AS label
  UNION
  MATCH (e)<-[:AT]-(:Meeting)<-[:FROM]-(n:Outcome) RETURN n.id AS id, properties(n) AS props, 'Outcome' AS label
  UNION
  MATCH (e)<-[:AT]-(:Meeting)<-[:FOLLOWS]-(n:FollowUp) RETURN n.id AS id, properties(n) AS props, 'FollowUp' AS label
  UNION
  MATCH (e)<-[:AT]-(:Meeting)<-[:BACKS]-(n:Attachment)
  RETURN n.id AS id, properties(n) AS props, 'Attachment' AS label
  UNION
  MATCH (e)<-[:AT]-(n:DayChange) RETURN n.id AS id, properties(n) AS props, 'DayChange' AS label
  UNION
  MATCH (e)<-[:AT]-(n:LeftOut) RETURN n.id AS id, properties(n) AS props, 'LeftOut' AS label
  UNION
  MATCH (:Source {id: $source})-[said:STATES]->(e) RETURN e.id AS id, said {.*, id: e.id} AS props, 'Event' AS label
  UNION
  MATCH (e)<-[:AT]-(n:Participation)<-[said:STATES]-(:Source {id: $source})
  RETURN n.id AS id, said {.*, id: n.id} AS props, 'Participation' AS label
}
RETURN label, props
ORDER BY id
