// Write down what one side said of a pair.
// parameters: answer
// returns: none
// cardinality: write
CREATE (a:Entity:PairAnswer)
SET a = $answer
