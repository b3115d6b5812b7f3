-- Strikes and their tolls by target and weapon, by day.
-- targets: whom the targets count for, sorted and joined by `+`
-- day: first day of the strike
-- incidents: real-world strikes of this status
-- killed_min: killed, at least: tolls of single strikes alone [persons]
-- killed_max: killed, at most; an open maximum counts as its minimum [persons]
-- injured_min: injured, at least [persons]
-- injured_max: injured, at most; an open maximum counts as its minimum [persons]
SELECT receiving AS targets, weapon, status, event_date AS day,
  count(*) AS incidents,
  CAST(sum(killed_min) FILTER (WHERE casualties_scope = 'event') AS BIGINT) AS killed_min,
  CAST(sum(coalesce(killed_max, killed_min)) FILTER (WHERE casualties_scope = 'event') AS BIGINT) AS killed_max,
  CAST(sum(injured_min) FILTER (WHERE casualties_scope = 'event') AS BIGINT) AS injured_min,
  CAST(sum(coalesce(injured_max, injured_min)) FILTER (WHERE casualties_scope = 'event') AS BIGINT) AS injured_max
FROM store.incidents
WHERE event_type = 'strike' AND {dated}
GROUP BY receiving, weapon, status, event_date
