// Say who answers for tasks and until when; what is null stays as it is.
// parameters: ids, owner, due_on
// returns: assigned
// cardinality: write
UNWIND $ids AS id
MATCH (t:VerificationTask {id: id})
SET t.owner = coalesce($owner, t.owner), t.due_on = coalesce($due_on, t.due_on)
RETURN count(*) AS assigned
