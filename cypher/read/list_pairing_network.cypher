// Firms, products and segments, each with the relationships that leave it; encrypted shares are ordered by who reads them.
// parameters: none
// returns: id, name, labels, group, links
// cardinality: many
MATCH (a:Enterprise|Product|Segment)
RETURN a.id AS id, a.name AS name, labels(a) AS labels,
       head(COLLECT { MATCH (a)-[:CONTROLLED_BY]->(g:Group) RETURN g.name ORDER BY g.id }) AS group,
       COLLECT {
         MATCH (a)-[r:MAKES|BUYS|SUPPLIES_TO|LINKED_TO|MATERIAL_OF|KIND_OF|COVERS|FEEDS]->(b:Enterprise|Product|Segment)
         WHERE type(r) <> 'LINKED_TO' OR r.state = 'confirmed'
         RETURN [type(r), b.id, r.source, r.observed_on, r.products, r.share]
       } AS links
ORDER BY id
