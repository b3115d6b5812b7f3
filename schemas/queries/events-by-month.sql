-- Events by month. Where the text tells only the year, or days in more than one month, there is no month, and they are counted apart.
SELECT year(event_date) AS year, CASE WHEN date_trunc('month', event_date) = date_trunc('month', event_date_end) THEN month(event_date) END AS month,
  event_type, count(*) AS incidents
FROM incidents
WHERE status IN ('occurred', 'ongoing') AND date_basis IN ('text', 'carried', 'published') AND scope <> 'process' AND told_by_parts IS NOT TRUE
GROUP BY ALL ORDER BY year, month NULLS LAST, event_type
