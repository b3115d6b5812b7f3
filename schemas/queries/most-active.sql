-- Who takes part most, in which role; an actor counts once in each event.
SELECT name, kind, role, event_type, sum(incidents) AS incidents, sum(mentions) AS mentions
FROM actor_days
WHERE status IN ('occurred', 'ongoing')
GROUP BY ALL ORDER BY incidents DESC, mentions DESC, name, role
LIMIT 30
