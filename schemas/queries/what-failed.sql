-- What could not be read, and why.
SELECT kind, stage, error, count(*) AS records, min(uri) AS for_example
FROM rejects
GROUP BY ALL ORDER BY kind, records DESC, error
