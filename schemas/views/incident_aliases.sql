-- Incident ids that once were published and have changed, one row an old id.
SELECT old_incident_id, incident_id, run_id
FROM store.incident_aliases
