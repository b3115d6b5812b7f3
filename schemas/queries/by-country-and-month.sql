-- How often a country took part, by month and role.
SELECT date_trunc('month', day)::DATE AS month, country, role, event_type, sum(incidents) AS incidents
FROM country_days
WHERE status IN ('occurred', 'ongoing')
GROUP BY ALL ORDER BY month, incidents DESC, country, role
