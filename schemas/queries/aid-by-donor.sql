-- Who gave, promised or was asked for how much. Steps of one sum are not to be added together, so `decision` stays in the key.
SELECT donors, recipients, decision, aid_kind, currency, sum(amount) AS amount, round(sum(amount_usd) / 1e6) AS million_usd
FROM aid_totals
WHERE status IN ('occurred', 'ongoing') AND amount IS NOT NULL
GROUP BY ALL ORDER BY million_usd DESC NULLS LAST, donors, recipients
