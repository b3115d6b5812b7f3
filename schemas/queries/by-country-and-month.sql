-- How often a country took part, by month and role. An event counts on its first day: one that is told by its year alone counts in January (`events-by-month`).
SELECT date_trunc('month', d.day)::DATE AS month, a.name AS country, d.role, d.event_type, sum(d.incidents) AS incidents
FROM country_days AS d JOIN actors AS a ON a.actor_id = d.country
WHERE d.status IN ('occurred', 'ongoing')
GROUP BY ALL ORDER BY month, incidents DESC, a.name, d.role
