// Meetings at other events held before a day, with what was said and what came of them.
// parameters: event, day
// returns: a, b, event, a_answer, b_answer, held, intention
// cardinality: many
MATCH (e:Event)<-[:AT]-(m:Meeting)
WHERE e.id <> $event AND e.held_on <= $day
OPTIONAL MATCH (m)<-[:FROM]-(o:Outcome)
RETURN m.a AS a, m.b AS b, e.name AS event, m.a_answer AS a_answer, m.b_answer AS b_answer,
       o.held AS held, o.intention AS intention
ORDER BY e.held_on, m.id
