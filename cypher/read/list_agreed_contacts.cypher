// Whom a firm may call: the other side of every meeting that both sides accepted. Nobody else's contact leaves the
// database by this query. A meeting names its sides by the ids they had then; `firms` are all of the firm's.
// parameters: firms
// returns: event, event_name, held_on, slot, table, id, name, contact, mobile, email, sample
// cardinality: many
MATCH (e:Event)<-[:AT]-(m:Meeting)
WHERE (m.a IN $firms OR m.b IN $firms) AND m.a_answer = 'accepted' AND m.b_answer = 'accepted'
WITH e, m, CASE WHEN m.a IN $firms THEN m.b ELSE m.a END AS other
OPTIONAL MATCH (former:Alias {id: other})
MATCH (o:Organisation {id: coalesce(former.root, other)})
OPTIONAL MATCH (o)-[:TAKES_PART]->(p:Participation)-[:AT]->(e)
WITH e, m, o, p, other ORDER BY p.organisation = other DESC, p.id
WITH e, m, o, head(collect(p)) AS p
RETURN e.number AS event, e.name AS event_name, e.held_on AS held_on, m.slot AS slot, m.table AS table, o.id AS id,
       o.name AS name, p.contact AS contact, p.mobile AS mobile, p.email AS email,
       coalesce(e.sample, o.sample, false) AS sample
ORDER BY held_on DESC, event, slot, name, id
