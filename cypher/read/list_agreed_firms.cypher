// Who has somebody to call: the sides of meetings that both accepted, as the firms they are now.
// parameters: none
// returns: id, name, meetings, sample
// cardinality: many
MATCH (m:Meeting {a_answer: 'accepted', b_answer: 'accepted'})
UNWIND [m.a, m.b] AS side
OPTIONAL MATCH (former:Alias {id: side})
MATCH (o:Organisation {id: coalesce(former.root, side)})
RETURN o.id AS id, o.name AS name, count(DISTINCT m) AS meetings, coalesce(o.sample, false) AS sample
ORDER BY name, id
