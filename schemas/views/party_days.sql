-- How often someone took a part in the name of a country, an organisation or an armed group, by day.
-- day: first day of the event
-- incidents: real-world events of this status
-- mentions: reports of this status
SELECT acts_for, role, event_type, status, event_date AS day, count(incident) AS incidents, count(mention) AS mentions
FROM (
  SELECT acts_for, role, event_type, status, event_date, true AS incident, NULL AS mention
  FROM store.incident_actors WHERE first_for_party AND {dated} AND {counted}
  UNION ALL
  SELECT acts_for, role, event_type, status, event_date, NULL, true
  FROM store.event_actors WHERE first_for_party AND {dated}
)
GROUP BY acts_for, role, event_type, status, event_date
