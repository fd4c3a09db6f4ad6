"""The domain model and the store: everything that knows Neo4j, nothing that knows HTTP, files or scores."""
