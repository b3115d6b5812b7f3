-- What was read, by source and day of publication: what counts of events can be divided by.
-- documents: documents read, those that repeat another's text among them
-- sentences: their sentences
-- documents_with_events: documents with at least one mention
SELECT source, published_date, count(*) AS documents, CAST(sum(sentences) AS BIGINT) AS sentences, count(*) FILTER (WHERE event_count > 0) AS documents_with_events
FROM store.documents
GROUP BY source, published_date
