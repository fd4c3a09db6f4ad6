// Meetings of a year's events with their outcomes, for counting towards yearly targets.
// parameters: start, end
// returns: event, held_on, a, b, a_enterprise, b_enterprise, a_leader, b_leader, outcome, sample
// cardinality: many
MATCH (e:Event)<-[:AT]-(m:Meeting)<-[:FROM]-(o:Outcome)
WHERE $start <= e.held_on <= $end
OPTIONAL MATCH (a:Entity {id: m.a})
OPTIONAL MATCH (b:Entity {id: m.b})
RETURN e.name AS event, e.held_on AS held_on, m.a AS a, m.b AS b,
       coalesce(a:Enterprise, false) AS a_enterprise, coalesce(b:Enterprise, false) AS b_enterprise,
       EXISTS { (a)-[:LEADS]->(:Chain) } AS a_leader, EXISTS { (b)-[:LEADS]->(:Chain) } AS b_leader,
       properties(o) AS outcome, coalesce(e.sample, false) AS sample
ORDER BY e.held_on, m.id
