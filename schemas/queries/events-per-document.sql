-- How much was told, by month, for each hundred documents read: without this a busier news month looks like a busier world.
WITH read AS (SELECT date_trunc('month', published_date)::DATE AS month, count(*) AS documents FROM documents WHERE duplicate_of IS NULL GROUP BY ALL),
told AS (SELECT date_trunc('month', published_date)::DATE AS month, event_type, count(DISTINCT incident_id) AS incidents FROM events GROUP BY ALL)
SELECT month, event_type, incidents, documents, round(100.0 * incidents / documents, 1) AS per_hundred_documents
FROM told JOIN read USING (month)
ORDER BY month, event_type
