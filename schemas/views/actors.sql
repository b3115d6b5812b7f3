-- The reference table of actors, one row an actor.
-- event_count: mentions that it takes part in
SELECT a.actor_id, a.name, a.kind, a.acts_for, a.country, a.sector, a.offices, coalesce(c.event_count, 0) AS event_count
FROM store.actors AS a
LEFT JOIN (SELECT actor_id, count(*) AS event_count FROM store.event_actors WHERE first_in_event GROUP BY actor_id) AS c ON c.actor_id = a.actor_id
