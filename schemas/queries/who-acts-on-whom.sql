-- Who acts on whom, by month.
SELECT month, event_type, acting_name AS acting, receiving_name AS receiving, incidents, mentions
FROM dyads
WHERE status IN ('occurred', 'ongoing')
ORDER BY incidents DESC, mentions DESC, acting, receiving, month
