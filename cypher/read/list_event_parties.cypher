// Who is registered for an event, who withdrew included; ids of others are those that stand for them now. Two
// registrations of what has become one organisation are two rows. An edited one is stated by the organisers themselves,
// a reported one by another source.
// parameters: event
// returns: id, name, sample, enterprise, profile, products, town, registration, edited, reported
// cardinality: many
MATCH (:Event {id: $event})<-[:AT]-(p:Participation)<-[:TAKES_PART]-(o:Organisation)
WITH DISTINCT o, p
RETURN o.id AS id, o.name AS name, o.sample AS sample, o:Enterprise AS enterprise, o.profile AS profile,
       o.main_products AS products,
       head(COLLECT { MATCH (o)-[:IN]->(t:Place) RETURN t.name ORDER BY t.code }) AS town,
       p {
         .*,
         wishes: [w IN coalesce(p.wishes, []) | coalesce(head(COLLECT { MATCH (a:Alias {id: w}) RETURN a.root }), w)],
         musts: [w IN coalesce(p.musts, []) | coalesce(head(COLLECT { MATCH (a:Alias {id: w}) RETURN a.root }), w)],
         nevers: [w IN coalesce(p.nevers, []) | coalesce(head(COLLECT { MATCH (a:Alias {id: w}) RETURN a.root }), w)]
       } AS registration,
       EXISTS { MATCH (p)<-[:STATES]-(s:Source) WHERE s.rank = 0 } AS edited,
       EXISTS { MATCH (p)<-[:STATES]-(s:Source) WHERE s.rank > 0 } AS reported
ORDER BY name, id
