-- How often an actor took a part, by day.
-- day: first day of the event
-- acts_for: in whose name it counts; where that differs within the row, the first in the alphabet
-- date_precision: how fine the dates are; where that differs within the row, the coarsest
-- incidents: real-world events of this status
-- mentions: reports of this status
SELECT actor_id, role, event_type, status, event_date AS day,
  min(name) AS name, min(kind) AS kind, min(acts_for) AS acts_for, min(country) AS country,
  ['day', 'range', 'week', 'month', 'year'][max(CASE date_precision WHEN 'day' THEN 1 WHEN 'range' THEN 2 WHEN 'week' THEN 3 WHEN 'month' THEN 4 ELSE 5 END)] AS date_precision,
  count(incident) AS incidents, count(mention) AS mentions
FROM (
  SELECT actor_id, role, event_type, status, event_date, name, kind, acts_for, country, date_precision, true AS incident, NULL AS mention
  FROM store.incident_actors WHERE first_in_role AND {dated} AND {counted}
  UNION ALL
  SELECT actor_id, role, event_type, status, event_date, name, kind, acts_for, country, date_precision, NULL, true
  FROM store.event_actors WHERE first_in_role AND {dated}
)
GROUP BY actor_id, role, event_type, status, event_date
