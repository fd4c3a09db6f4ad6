// Organisations whose name or code has a text in it, for an event to invite; the shortest names first.
// parameters: text, limit
// returns: id, name, town, firm, sample
// cardinality: many
MATCH (o:Organisation)
WHERE toLower(o.name) CONTAINS toLower($text) OR toLower(o.short_name) CONTAINS toLower($text) OR o.uscc = toUpper($text)
WITH o
ORDER BY size(o.name), o.name, o.id
LIMIT $limit
RETURN o.id AS id, o.name AS name, head(COLLECT { MATCH (o)-[:IN]->(t:Place) RETURN t.name ORDER BY t.code }) AS town,
       o:Enterprise AS firm, coalesce(o.sample, false) AS sample
