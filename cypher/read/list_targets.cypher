// Targets of the plan, each with what offices reported of it, the last first.
// parameters: none
// returns: id, name, value, unit, period, comparison, quote, basis, readings
// cardinality: many
MATCH (t:Target)
RETURN t.id AS id, t.name AS name, t.value AS value, t.unit AS unit, t.period AS period, t.comparison AS comparison,
       t.quote AS quote, t.basis AS basis,
       COLLECT {
         MATCH (t)<-[:READING_OF]-(r:TargetReading)
         RETURN {value: r.value, on: r.on, basis: r.basis, by: r.by, at: r.at} ORDER BY r.on DESC, r.at DESC
       } AS readings
ORDER BY basis, id
