-- Who met whom, the latest first.
SELECT i.event_date, i.location_name, i.format, string_agg(DISTINCT a.name, ', ' ORDER BY a.name) AS who, i.sources
FROM incidents AS i JOIN event_actors AS a USING (incident_id)
WHERE i.event_type = 'meeting' AND i.status = 'occurred' AND a.role = 'participant'
GROUP BY ALL ORDER BY i.event_date DESC NULLS LAST, who
