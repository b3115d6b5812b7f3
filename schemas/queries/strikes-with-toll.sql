-- Who struck what, with the toll of the latest report.
SELECT i.event_date, i.location_name, i.weapon, i.target_kind,
  string_agg(DISTINCT a.name, ', ') FILTER (WHERE a.role = 'attacker') AS attackers,
  string_agg(DISTINCT a.name, ', ') FILTER (WHERE a.role = 'target') AS targets,
  i.killed_min, i.injured_min, i.sources
FROM incidents AS i LEFT JOIN event_actors AS a USING (incident_id)
WHERE i.event_type = 'strike' AND i.status IN ('occurred', 'ongoing')
GROUP BY ALL ORDER BY i.event_date DESC NULLS LAST, i.location_name
