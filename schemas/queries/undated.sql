-- What views by day leave out because the text only says before or after.
SELECT month, event_type, status, date_basis, incidents, mentions
FROM undated
ORDER BY ALL
