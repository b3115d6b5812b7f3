-- Events that more than one outlet has told.
SELECT i.event_date, i.event_type, i.status, i.decision, i.location_name,
  string_agg(DISTINCT a.role || ' ' || a.name, ', ' ORDER BY a.role || ' ' || a.name) AS who, i.sources
FROM incidents AS i JOIN event_actors AS a USING (incident_id)
WHERE i.sources > 1 AND a.role <> 'host'
GROUP BY ALL ORDER BY ALL
