// Certificates that firms state on what they offer, listings that ran out left aside.
// parameters: today
// returns: firm, certificates
// cardinality: many
MATCH (e:Enterprise)-[:POSTS]->(n:Listing)
WHERE NOT n:Need AND size(coalesce(n.certificates, [])) > 0
  AND coalesce(n.state, 'open') = 'open' AND (n.expires_on IS NULL OR n.expires_on >= $today)
WITH DISTINCT e, n
UNWIND n.certificates AS certificate
RETURN e.id AS firm, collect(DISTINCT certificate) AS certificates
ORDER BY firm
