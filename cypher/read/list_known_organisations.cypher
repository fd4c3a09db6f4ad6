// Organisations that a source other than the given one states, with the words they answer to.
// parameters: source
// returns: id, firm, words
// cardinality: many
MATCH (o:Organisation)
WHERE EXISTS { MATCH (s:Source)-[:STATES]->(o) WHERE s.id <> $source }
RETURN o.id AS id, o:Enterprise AS firm,
       [word IN [o.name, o.uscc, o.exchange_code] WHERE word IS NOT NULL] AS words
ORDER BY id
