-- Attacks with the accused party, and who accuses it: `alleged` is one side's charge, `claimed` a claim of responsibility, null the text's own word or nobody's.
SELECT s.event_date, a.name AS attacker, s.blame, s.attributed_to, s.location_name, s.sentence
FROM strikes AS s JOIN event_actors AS a USING (event_id)
WHERE a.role = 'attacker'
ORDER BY s.event_date NULLS LAST, attacker, s.sentence
