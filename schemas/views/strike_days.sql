-- Strikes and their tolls by target and weapon, by day. A wave that is told by its places counts by them; its toll adds what it has more than they.
-- targets: whom the targets count for, sorted and joined by `+`
-- day: first day of the strike
-- incidents: real-world strikes of this status
-- killed_min: killed, at least: tolls of single strikes alone [persons]
-- killed_max: killed, at most; an open maximum counts as its minimum [persons]
-- injured_min: injured, at least [persons]
-- injured_max: injured, at most; an open maximum counts as its minimum [persons]
WITH tolls AS (
  SELECT incident_id, part_of, receiving, weapon, status, event_date, {counted} AS counted,
    CASE casualties_scope WHEN 'event' THEN killed_min END AS killed_min,
    CASE casualties_scope WHEN 'event' THEN coalesce(killed_max, killed_min) END AS killed_max,
    CASE casualties_scope WHEN 'event' THEN injured_min END AS injured_min,
    CASE casualties_scope WHEN 'event' THEN coalesce(injured_max, injured_min) END AS injured_max
  FROM store.incidents
  WHERE event_type = 'strike' AND {dated}
), parts AS (
  SELECT part_of AS incident_id, coalesce(sum(killed_min), 0) AS killed_min, coalesce(sum(killed_max), 0) AS killed_max,
    coalesce(sum(injured_min), 0) AS injured_min, coalesce(sum(injured_max), 0) AS injured_max
  FROM tolls WHERE part_of IS NOT NULL GROUP BY part_of
)
SELECT receiving AS targets, weapon, status, event_date AS day,
  count(*) FILTER (WHERE counted) AS incidents,
  CAST(sum(CASE WHEN p.incident_id IS NULL THEN t.killed_min WHEN t.killed_min > p.killed_min THEN t.killed_min - p.killed_min END) AS BIGINT) AS killed_min,
  CAST(sum(CASE WHEN p.incident_id IS NULL THEN t.killed_max WHEN t.killed_max > p.killed_max THEN t.killed_max - p.killed_max END) AS BIGINT) AS killed_max,
  CAST(sum(CASE WHEN p.incident_id IS NULL THEN t.injured_min WHEN t.injured_min > p.injured_min THEN t.injured_min - p.injured_min END) AS BIGINT) AS injured_min,
  CAST(sum(CASE WHEN p.incident_id IS NULL THEN t.injured_max WHEN t.injured_max > p.injured_max THEN t.injured_max - p.injured_max END) AS BIGINT) AS injured_max
FROM tolls AS t
LEFT JOIN parts AS p ON p.incident_id = t.incident_id
GROUP BY receiving, weapon, status, event_date
HAVING count(*) FILTER (WHERE counted) > 0 OR sum(CASE WHEN t.killed_max > p.killed_max OR t.injured_max > p.injured_max THEN 1 END) > 0
