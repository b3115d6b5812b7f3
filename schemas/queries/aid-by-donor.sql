-- Who gave, promised or was asked for how much. Steps of one sum are not to be added together, so `decision` stays in the key.
SELECT
  (SELECT string_agg(name, ', ' ORDER BY name) FROM actors WHERE actor_id IN (SELECT unnest(string_split(t.donors, '+')))) AS donors,
  (SELECT string_agg(name, ', ' ORDER BY name) FROM actors WHERE actor_id IN (SELECT unnest(string_split(t.recipients, '+')))) AS recipients,
  decision, aid_kind, currency, sum(amount) AS amount, round(sum(amount_usd) / 1e6) AS million_usd
FROM aid_totals AS t
WHERE status IN ('occurred', 'ongoing') AND amount IS NOT NULL
GROUP BY ALL ORDER BY million_usd DESC NULLS LAST, donors, recipients
