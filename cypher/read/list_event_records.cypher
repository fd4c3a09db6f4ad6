// What organisers keep of an event: meetings, outcomes, follow-ups, changes on the day, who is left out.
// parameters: event
// returns: label, props
// cardinality: many
MATCH (e:Event {id: $event})
CALL (e) {
  MATCH (e)<-[:AT]-(n:Meeting) RETURN n, 'Meeting' AS label
  UNION
  MATCH (e)<-[:AT]-(:Meeting)<-[:FROM]-(n:Outcome) RETURN n, 'Outcome' AS label
  UNION
  MATCH (e)<-[:AT]-(:Meeting)<-[:FOLLOWS]-(n:FollowUp) RETURN n, 'FollowUp' AS label
  UNION
  MATCH (e)<-[:AT]-(n:DayChange) RETURN n, 'DayChange' AS label
  UNION
  MATCH (e)<-[:AT]-(n:LeftOut) RETURN n, 'LeftOut' AS label
}
RETURN label, properties(n) AS props
ORDER BY n.id
