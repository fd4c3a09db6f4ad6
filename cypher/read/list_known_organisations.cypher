// Organisations that a source other than the given one states, with the words they answer to: every name, short name
// and code that any of the others states, of whatever id stands there.
// parameters: source
// returns: id, firm, words
// cardinality: many
MATCH (o:Organisation)
WHERE EXISTS { MATCH (s:Source)-[:STATES]->(o) WHERE s.id <> $source }
WITH o, COLLECT {
  MATCH (s:Source)-[said:STATES]->(o)
  WHERE s.id <> $source
  UNWIND [said.name, said.short_name, said.uscc, said.exchange_code] + coalesce(said.former_names, []) AS word
  RETURN DISTINCT word
} AS stated
RETURN o.id AS id, o:Enterprise AS firm,
       [word IN [o.name, o.short_name, o.uscc, o.exchange_code] + stated WHERE word IS NOT NULL] AS words
ORDER BY id
