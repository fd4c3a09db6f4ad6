// Present suppliers of a buyer and what they supply, over all sources.
// parameters: party
// returns: id, name, group, products, evidence
// cardinality: many
MATCH (o:Enterprise)-[r:SUPPLIES_TO]->(:Entity {id: $party})
WITH o, collect(coalesce(r.products, [])) AS listed, collect(DISTINCT [r.source, r.observed_on]) AS evidence
RETURN o.id AS id, o.name AS name,
       head(COLLECT { MATCH (o)-[:CONTROLLED_BY]->(g:Group) RETURN g.name ORDER BY g.id }) AS group,
       COLLECT { UNWIND listed AS some UNWIND some AS one RETURN DISTINCT one ORDER BY one } AS products, evidence
ORDER BY id
