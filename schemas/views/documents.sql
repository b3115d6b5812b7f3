-- What was read, one row a document.
-- duplicate_of: the earliest document that it repeats: the same text or, within three days, nearly the same
SELECT
  d.doc_id, d.uri, d.source, d.title, d.published, d.published_date, d.published_basis, d.language, d.text, r.duplicate_of, d.event_count
FROM store.documents AS d
LEFT JOIN store.duplicates AS r ON r.doc_id = d.doc_id
