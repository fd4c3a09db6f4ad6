// Needs whose number, title, text, product or buyer holds a text: open ones whose last day has not passed first, then the latest; one page and how many there are.
// parameters: text, today, skip, limit
// returns: total, needs
// cardinality: one
MATCH (n:Need)
WHERE $text = '' OR toLower(n.name) CONTAINS $text OR toLower(n.number) CONTAINS $text
  OR toLower(coalesce(n.text, '')) CONTAINS $text
  OR EXISTS { (n)-[:ABOUT]->(about) WHERE toLower(about.name) CONTAINS $text }
  OR EXISTS { (n)<-[:POSTS]-(poster) WHERE toLower(poster.name) CONTAINS $text }
WITH n, coalesce(n.expires_on < $today, false) AS expired
ORDER BY coalesce(n.state, 'open') = 'open' AND NOT expired DESC, coalesce(n.posted_on, date('0001-01-01')) DESC, n.number, n.id
WITH collect({n: n, expired: expired}) AS found
RETURN size(found) AS total,
       COLLECT {
         UNWIND found[$skip..$skip + $limit] AS one
         WITH one.n AS n, one.expired AS expired
         RETURN {id: n.id, number: n.number, name: n.name, text: n.text, state: coalesce(n.state, 'open'),
                 posted_on: n.posted_on, expires_on: n.expires_on, expired: expired, quantity: n.quantity, unit: n.unit,
                 limits: coalesce(n.limits, []), certificates: coalesce(n.certificates, []),
                 sample: coalesce(n.sample, false),
                 buyer: head(COLLECT {
                   MATCH (o:Organisation)-[:POSTS]->(n) WITH DISTINCT o ORDER BY o.id RETURN {id: o.id, name: o.name}
                 }),
                 segments: COLLECT {
                   MATCH (n)-[:ABOUT]->()<-[:COVERS*0..1]-(k:Segment)
                   WITH DISTINCT k ORDER BY k.id RETURN {id: k.id, name: k.name}
                 }}
       } AS needs
