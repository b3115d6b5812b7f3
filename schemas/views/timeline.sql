-- What was told of an incident, by day of publication.
-- statuses: the statuses told on that day, sorted
-- decisions: the decisions told on that day, sorted; empty for other types than aid decisions
-- mentions: reports on that day
-- sources: publishers that reported it on that day
SELECT i.incident_id, i.published_date,
  list_sort(list_distinct(list(i.status))) AS statuses, coalesce(list_sort(list_distinct(list(a.decision) FILTER (WHERE a.decision IS NOT NULL))), []) AS decisions,
  count(*) AS mentions, count(DISTINCT i.source) AS sources
FROM store.incident_members AS i
LEFT JOIN store.aid_decision AS a ON a.event_id = i.event_id
GROUP BY i.incident_id, i.published_date
