// Delete the vectors that are not the model's, or of listings that are gone.
// parameters: model
// returns: none
// cardinality: write
MATCH (v:ListingVector)
WHERE v.model <> $model OR NOT EXISTS { (:Listing {id: v.id}) }
DELETE v
