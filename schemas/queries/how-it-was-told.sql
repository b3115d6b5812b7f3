-- How one event was told, and by whom.
SELECT e.incident_id, e.published, d.source, e.status, e.sentence
FROM events AS e JOIN documents AS d USING (doc_id)
WHERE e.incident_id IN (SELECT incident_id FROM incidents WHERE sources > 1)
ORDER BY e.incident_id, e.published, e.sentence_start
