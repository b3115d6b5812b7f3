-- What was told of an incident, by day of publication.
-- statuses: the statuses told on that day
-- decisions: the decisions told on that day; empty for other types than aid decisions
-- mentions: reports on that day
-- sources: publishers that reported it on that day; a document that repeats another's text adds none
SELECT incident_id, published_date,
  list_where({statuses}, [{told_statuses}]) AS statuses,
  list_where({decisions}, [{told_decisions}]) AS decisions,
  count(status) AS mentions, count(DISTINCT source) AS sources
FROM (
  SELECT incident_id, published_date, status, source, NULL AS decision FROM store.incident_members
  UNION ALL
  SELECT incident_id, published_date, NULL, NULL, decision FROM store.aid_decision
)
GROUP BY incident_id, published_date
