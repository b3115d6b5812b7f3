-- Who took which part, one row an actor of a mention.
SELECT
  event_id, incident_id, event_type, status, event_date, date_basis, doc_id,
  role, text, actor_id, name, kind, acts_for, country, sector, office, reason, text_start, text_end
FROM store.event_actors
