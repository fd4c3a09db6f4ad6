// All accounts by name, with how many sessions each has.
// parameters: none
// returns: account, sessions
// cardinality: many
MATCH (a:Account)
RETURN properties(a) AS account, COUNT { (a)<-[:OF]-(:LoginSession) } AS sessions
ORDER BY a.name
