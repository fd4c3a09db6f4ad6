// Constraints and indexes. Every node of ours carries Entity beside its own labels, so one constraint guards all ids.
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT import_run_id IF NOT EXISTS FOR (n:ImportRun) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT revision_id IF NOT EXISTS FOR (n:Revision) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT alias_id IF NOT EXISTS FOR (n:Alias) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT review_id IF NOT EXISTS FOR (n:Review) REQUIRE n.id IS UNIQUE;
CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name);
CREATE INDEX listing_number IF NOT EXISTS FOR (n:Listing) ON (n.number);
CREATE INDEX enterprise_code IF NOT EXISTS FOR (n:Enterprise) ON (n.exchange_code);
CREATE INDEX enterprise_short_name IF NOT EXISTS FOR (n:Enterprise) ON (n.short_name);
CREATE CONSTRAINT account_id IF NOT EXISTS FOR (n:Account) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT account_subject IF NOT EXISTS FOR (n:Account) REQUIRE (n.issuer, n.subject) IS UNIQUE;
CREATE CONSTRAINT login_session_id IF NOT EXISTS FOR (n:LoginSession) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT api_token_id IF NOT EXISTS FOR (n:ApiToken) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT event_pass_id IF NOT EXISTS FOR (n:EventPass) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT api_token_secret IF NOT EXISTS FOR (n:ApiToken) REQUIRE n.secret IS UNIQUE;
CREATE INDEX alias_root IF NOT EXISTS FOR (n:Alias) ON (n.root);
CREATE INDEX alias_name IF NOT EXISTS FOR (n:Alias) ON (n.name);
CREATE INDEX review_state IF NOT EXISTS FOR (n:Review) ON (n.state);
CREATE INDEX pair_answer_wanted IF NOT EXISTS FOR (n:PairAnswer) ON (n.wanted);
CREATE INDEX pair_answer_offered IF NOT EXISTS FOR (n:PairAnswer) ON (n.offered);
CREATE CONSTRAINT audit_event_id IF NOT EXISTS FOR (n:AuditEvent) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT audit_event_number IF NOT EXISTS FOR (n:AuditEvent) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT audit_head_id IF NOT EXISTS FOR (n:AuditHead) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT vault_id IF NOT EXISTS FOR (n:Vault) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT listing_vector_id IF NOT EXISTS FOR (v:ListingVector) REQUIRE v.id IS UNIQUE;
CREATE VECTOR INDEX listing_vector IF NOT EXISTS FOR (v:ListingVector) ON (v.embedding)
OPTIONS {indexConfig: {`vector.similarity_function`: 'cosine'}};
