-- What views by day leave out because only `before` or `after` is known, by month of publication.
-- date_basis: `before` the day of publication, or `after` it
-- month: first day of the month of publication; of an incident's first report
-- incidents: real-world events of this status
-- mentions: reports of this status
SELECT event_type, status, date_basis, month, count(incident) AS incidents, count(mention) AS mentions
FROM (
  SELECT event_type, status, date_basis, CAST(date_trunc('month', first_published_date) AS DATE) AS month, true AS incident, NULL AS mention
  FROM store.incidents WHERE date_basis IN ('before', 'after')
  UNION ALL
  SELECT event_type, status, date_basis, published_month, NULL, true
  FROM store.mentions WHERE date_basis IN ('before', 'after')
)
GROUP BY event_type, status, date_basis, month
