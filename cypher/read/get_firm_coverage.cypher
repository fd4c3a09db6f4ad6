// What is known of a firm, in counts: ties by kind, and how many of them carry what measures need.
// parameters: firm
// returns: coded, placed, revenue, status, grouped, products, products_with_share, purchases, purchases_with_amount, offers, offers_with_limits, offers_with_certificates, offers_with_quantity
// cardinality: one
MATCH (e:Enterprise {id: $firm})
RETURN e.uscc IS NOT NULL OR e.exchange_code IS NOT NULL AS coded,
       COUNT { (e)-[:HAS_SITE*0..1]->()-[:IN]->(:Place) } + CASE WHEN e.city IS NULL THEN 0 ELSE 1 END AS placed,
       e.revenue IS NOT NULL AS revenue, e.status IS NOT NULL AS status,
       EXISTS { (e)-[:CONTROLLED_BY]->(:Group) } AS grouped,
       COUNT { MATCH (e)-[:MAKES]->(p:Product) RETURN DISTINCT p } AS products,
       COUNT { MATCH (e)-[m:MAKES]->(p:Product) WHERE m.share IS NOT NULL RETURN DISTINCT p } AS products_with_share,
       COUNT { MATCH (e)-[:BUYS]->(p:Product) RETURN DISTINCT p } AS purchases,
       COUNT { MATCH (e)-[b:BUYS]->(p:Product) WHERE b.amount IS NOT NULL RETURN DISTINCT p } AS purchases_with_amount,
       COUNT { (e)-[:POSTS]->(n:Listing) WHERE n:Offer OR n:Capability } AS offers,
       COUNT { (e)-[:POSTS]->(n:Listing) WHERE (n:Offer OR n:Capability) AND size(coalesce(n.limits, [])) > 0 }
         AS offers_with_limits,
       COUNT { (e)-[:POSTS]->(n:Listing) WHERE (n:Offer OR n:Capability) AND size(coalesce(n.certificates, [])) > 0 }
         AS offers_with_certificates,
       COUNT { (e)-[:POSTS]->(n:Listing) WHERE (n:Offer OR n:Capability) AND n.quantity IS NOT NULL }
         AS offers_with_quantity
