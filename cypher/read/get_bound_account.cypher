// The account of whom a provider of accounts calls by a subject.
// parameters: issuer, subject
// returns: account
// cardinality: one
MATCH (a:Account {issuer: $issuer, subject: $subject})
RETURN properties(a) AS account
