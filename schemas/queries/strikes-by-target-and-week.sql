-- Strikes and their tolls by week, target and weapon. A toll that the text leaves open counts as its least.
SELECT date_trunc('week', day)::DATE AS week, targets, weapon, sum(incidents) AS incidents, sum(killed_min) AS killed, sum(injured_min) AS injured
FROM strike_days
WHERE status IN ('occurred', 'ongoing')
GROUP BY ALL ORDER BY ALL
