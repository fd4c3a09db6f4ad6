// Matchmaking events, the latest first, with how much there is of each.
// parameters: none
// returns: event, parties, meetings, mutual, placed, held
// cardinality: many
MATCH (e:Event)
RETURN properties(e) AS event,
       COUNT { MATCH (e)<-[:AT]-(p:Participation) WHERE p.withdrawn IS NULL RETURN DISTINCT p } AS parties,
       COUNT { (e)<-[:AT]-(:Meeting) } AS meetings,
       COUNT { MATCH (e)<-[:AT]-(m:Meeting) WHERE m.a_answer = 'accepted' AND m.b_answer = 'accepted' } AS mutual,
       COUNT { MATCH (e)<-[:AT]-(m:Meeting) WHERE m.slot IS NOT NULL } AS placed,
       COUNT { MATCH (e)<-[:AT]-(:Meeting)<-[:FROM]-(o:Outcome) WHERE o.held } AS held
ORDER BY e.held_on DESC, e.number
