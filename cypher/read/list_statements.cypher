// What each source states about a node, the one shown first first.
// parameters: id
// returns: source, source_name, rank, sample, props
// cardinality: many
MATCH (s:Source)-[said:STATES]->(:Entity {id: $id})
RETURN s.id AS source, s.name AS source_name, s.rank AS rank, s.sample AS sample, properties(said) AS props
ORDER BY s.rank, said.observed_on DESC, s.id
