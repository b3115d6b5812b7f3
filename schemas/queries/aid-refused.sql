-- Who refused or stopped help for whom, in the words of the text.
SELECT d.published_date, d.stage, string_agg(DISTINCT a.name, ', ') FILTER (WHERE a.role = 'donor') AS donors,
  string_agg(DISTINCT a.name, ', ') FILTER (WHERE a.role = 'recipient') AS recipients, d.sentence
FROM aid_decisions AS d JOIN event_actors AS a USING (event_id)
WHERE d.stage IN ('refused', 'stopped')
GROUP BY ALL ORDER BY d.published_date, d.sentence
