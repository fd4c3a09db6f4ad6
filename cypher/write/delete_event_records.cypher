// Take away what an edit of an event takes away.
// parameters: ids
// returns: none
// cardinality: write
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n:Meeting OR n:Outcome OR n:FollowUp OR n:Attachment OR n:DayChange OR n:LeftOut
DETACH DELETE n
