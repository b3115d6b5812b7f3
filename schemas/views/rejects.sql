-- Input that could not be used, one row a record.
SELECT run_id, uri, record, stage, kind, error, payload, seen_at
FROM store.rejects
