"""The stops that a document passes: documents, language, events, incidents, storage."""
