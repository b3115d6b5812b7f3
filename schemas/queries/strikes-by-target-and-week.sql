-- Strikes and their tolls by week, target and weapon. A toll that the text leaves open counts as its least; an event counts in the week of its first day.
SELECT date_trunc('week', day)::DATE AS week,
  (SELECT string_agg(name, ', ' ORDER BY name) FROM actors WHERE actor_id IN (SELECT unnest(string_split(d.targets, '+')))) AS targets,
  weapon, sum(incidents) AS incidents, sum(killed_min) AS killed, sum(injured_min) AS injured
FROM strike_days AS d
WHERE status IN ('occurred', 'ongoing')
GROUP BY ALL ORDER BY ALL
