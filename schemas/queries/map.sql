-- Places of events with coordinates, for a map.
SELECT location_name, location_country, latitude, longitude, event_type, count(*) AS incidents
FROM incidents
WHERE status IN ('occurred', 'ongoing') AND latitude IS NOT NULL
GROUP BY ALL ORDER BY incidents DESC, location_name, event_type
