// Enterprises registered at events up to a day of which an outcome is recorded, and what came of it for each.
// parameters: day
// returns: event, held_on, firm, chain, leader, held, agreed, sample
// cardinality: many
MATCH (e:Event)<-[:AT]-(p:Participation)<-[:TAKES_PART]-(o:Enterprise)
WHERE p.withdrawn IS NULL AND e.held_on <= $day AND EXISTS { (e)<-[:AT]-(:Meeting)<-[:FROM]-(:Outcome) }
WITH DISTINCT e, o
RETURN e.id AS event, e.held_on AS held_on, o.id AS firm,
       EXISTS { (o)-[:LEADS]->(:Chain) } OR EXISTS { (o)-[:LINKED_TO {state: 'confirmed'}]->(:Segment) } AS chain,
       EXISTS { (o)-[:LEADS]->(:Chain) } AS leader,
       EXISTS {
         MATCH (e)<-[:AT]-(m:Meeting)<-[:FROM]-(:Outcome {held: true}) WHERE o.id IN [m.a, m.b]
       } AS held,
       EXISTS {
         MATCH (e)<-[:AT]-(m:Meeting)<-[:FROM]-(:Outcome {held: true, intention: true, a_confirms: true, b_confirms: true})
         WHERE o.id IN [m.a, m.b]
       } AS agreed,
       coalesce(o.sample, e.sample, false) AS sample
ORDER BY held_on, event, firm
