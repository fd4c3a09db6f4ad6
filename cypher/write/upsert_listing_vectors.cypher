// Keep the vectors of listings: what was encoded, by which model, and the vector, for the index listing_vector.
// parameters: rows, model
// returns: none
// cardinality: write
UNWIND $rows AS row
MERGE (v:ListingVector {id: row.id})
SET v.text = row.text, v.model = $model
WITH v, row
CALL db.create.setNodeVectorProperty(v, 'embedding', row.vector)
