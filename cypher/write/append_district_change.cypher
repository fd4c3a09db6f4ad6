// Write down which district is home from now on.
// parameters: change
// returns: none
// cardinality: write
CREATE (c:Entity:DistrictChange)
SET c = $change
