-- Whom a person met. Put another name for Volodymyr Zelenskyy.
SELECT i.event_date, i.status, i.location_name, string_agg(DISTINCT other.name, ', ' ORDER BY other.name) AS met, i.sources
FROM incidents AS i
JOIN event_actors AS one ON one.incident_id = i.incident_id AND one.role = 'participant' AND one.name = 'Volodymyr Zelenskyy'
JOIN event_actors AS other ON other.incident_id = i.incident_id AND other.role = 'participant' AND other.name <> one.name
GROUP BY ALL ORDER BY i.event_date NULLS LAST, met
