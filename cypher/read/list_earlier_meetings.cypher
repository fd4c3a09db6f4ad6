// Meetings at other events held up to a day, with what was said and what came of them, the latest last.
// parameters: event, day
// returns: a, b, event, a_answer, b_answer, reason, held, intention, confirmed, lost
// cardinality: many
MATCH (e:Event)<-[:AT]-(m:Meeting)
WHERE e.id <> $event AND e.held_on <= $day
OPTIONAL MATCH (m)<-[:FROM]-(o:Outcome)
RETURN m.a AS a, m.b AS b, e.name AS event, m.a_answer AS a_answer, m.b_answer AS b_answer,
       coalesce(m.a_reason, m.b_reason) AS reason, o.held AS held, o.intention AS intention,
       coalesce(o.a_confirms AND o.b_confirms, false) AS confirmed, o.lost AS lost
ORDER BY e.held_on, m.id
