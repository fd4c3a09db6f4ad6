// Everything that was said of pairs, the first first.
// parameters: none
// returns: answer, wanted, offered
// cardinality: many
MATCH (a:PairAnswer)
CALL (a) {
  OPTIONAL MATCH (n:Entity {id: a.wanted})
  OPTIONAL MATCH (o:Organisation)-[:POSTS]->(n)
  WITH n, o ORDER BY o.id LIMIT 1
  WITH n, coalesce(o, n) AS firm
  RETURN {name: n.name, firm: firm.id, firm_name: firm.name,
          products: COLLECT { MATCH (n)-[:ABOUT]->(p:Product) RETURN p.name ORDER BY p.id },
          group: head(COLLECT { MATCH (firm)-[:CONTROLLED_BY]->(g:Group) RETURN g.name ORDER BY g.id })} AS wanted
}
CALL (a) {
  OPTIONAL MATCH (n:Entity {id: a.offered})
  OPTIONAL MATCH (o:Organisation)-[:POSTS]->(n)
  WITH n, o ORDER BY o.id LIMIT 1
  WITH n, coalesce(o, n) AS firm
  RETURN {name: n.name, firm: firm.id, firm_name: firm.name,
          products: COLLECT { MATCH (n)-[:ABOUT]->(p:Product) RETURN p.name ORDER BY p.id },
          group: head(COLLECT { MATCH (firm)-[:CONTROLLED_BY]->(g:Group) RETURN g.name ORDER BY g.id })} AS offered
}
RETURN properties(a) AS answer, wanted, offered
ORDER BY a.at, a.id
