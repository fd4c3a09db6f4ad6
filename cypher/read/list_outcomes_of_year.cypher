// Meetings of a year's events with their outcomes, for counting towards yearly targets; a firm belongs to the 35X chains
// when it is confirmed in a segment or leads a chain.
// parameters: start, end
// returns: event, name, held_on, a, b, a_enterprise, b_enterprise, a_chain, b_chain, a_leader, b_leader, outcome, sample
// cardinality: many
MATCH (e:Event)<-[:AT]-(m:Meeting)<-[:FROM]-(o:Outcome)
WHERE $start <= e.held_on <= $end
OPTIONAL MATCH (a:Entity {id: m.a})
OPTIONAL MATCH (b:Entity {id: m.b})
RETURN e.id AS event, e.name AS name, e.held_on AS held_on, m.a AS a, m.b AS b,
       coalesce(a:Enterprise, false) AS a_enterprise, coalesce(b:Enterprise, false) AS b_enterprise,
       EXISTS { (a)-[:LEADS]->(:Chain) } OR EXISTS { (a)-[:LINKED_TO {state: 'confirmed'}]->(:Segment) } AS a_chain,
       EXISTS { (b)-[:LEADS]->(:Chain) } OR EXISTS { (b)-[:LINKED_TO {state: 'confirmed'}]->(:Segment) } AS b_chain,
       EXISTS { (a)-[:LEADS]->(:Chain) } AS a_leader, EXISTS { (b)-[:LEADS]->(:Chain) } AS b_leader,
       properties(o) AS outcome, coalesce(m.sample, e.sample, false) AS sample
ORDER BY e.held_on, m.id
