// The organisations in the graph as every source states them; `earlier` when somebody stated them before a run.
// parameters: run
// returns: id, labels, name, sample, names, codes, towns, phones, sites, earlier
// cardinality: many
MATCH (n:Organisation)
OPTIONAL MATCH (n)<-[said:STATES]-(:Source)
WITH n, collect(said) AS stated
RETURN n.id AS id, labels(n) AS labels, n.name AS name, coalesce(n.sample, false) AS sample,
       [said IN stated | said.name] + [said IN stated | said.short_name] + [n.name, n.short_name]
         + COLLECT { MATCH (n)<-[said:STATES]-(:Source) UNWIND said.former_names AS name RETURN name } AS names,
       [said IN stated | said.uscc] + [said IN stated | said.exchange_code] + [n.uscc, n.exchange_code] AS codes,
       [said IN stated | said.city] + [n.city] AS towns, [said IN stated | said.phone] + [n.phone] AS phones,
       [said IN stated | said.address] + [n.address]
         + COLLECT { MATCH (n)-[:HAS_SITE]->(site:Site) RETURN DISTINCT site.address ORDER BY site.address } AS sites,
       size(stated) = 0 OR any(said IN stated WHERE said.run <> $run) AS earlier
