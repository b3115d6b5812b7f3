-- What is still to come, or was called off.
SELECT status, event_date, event_date_end, date_text, location_name, sentence
FROM meetings
WHERE status IN ('planned', 'proposed', 'cancelled')
ORDER BY event_date NULLS LAST, sentence
