// Meetings that were held at events up to a day, with what came of them and who asked since.
// parameters: day
// returns: event, number, held_on, meeting, a, b, a_name, b_name, outcome, asked, sample
// cardinality: many
MATCH (e:Event)<-[:AT]-(m:Meeting)<-[:FROM]-(o:Outcome {held: true})
WHERE e.held_on <= $day
OPTIONAL MATCH (a:Entity {id: m.a})
OPTIONAL MATCH (b:Entity {id: m.b})
RETURN e.name AS event, e.number AS number, e.held_on AS held_on, m.id AS meeting, m.a AS a, m.b AS b,
       coalesce(a.name, m.a) AS a_name, coalesce(b.name, m.b) AS b_name, properties(o) AS outcome,
       COLLECT { MATCH (m)<-[:FOLLOWS]-(f:FollowUp) RETURN properties(f) ORDER BY f.done_on, f.id } AS asked,
       coalesce(m.sample, e.sample, false) AS sample
ORDER BY e.held_on, m.id
