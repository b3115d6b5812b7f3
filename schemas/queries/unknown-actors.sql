-- Names that no reference table knows, the most frequent first: what to look at before trusting counts by actor.
SELECT text, role, count(*) AS mentions
FROM event_actors
WHERE actor_id IS NULL
GROUP BY ALL ORDER BY mentions DESC, text, role
LIMIT 50
