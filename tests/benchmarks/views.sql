-- Queries written by hand that give the rows of aggregating views, straight over the store's tables; each has the name of its view.

-- name: actors
SELECT a.*, coalesce(event_count, 0) AS event_count FROM store.actors AS a
LEFT JOIN (SELECT actor_id, count(*) AS event_count FROM store.event_actors WHERE first_in_event GROUP BY ALL) USING (actor_id)

-- name: country_days
SELECT coalesce(i.acts_for, m.acts_for) AS country, coalesce(i.role, m.role) AS role, coalesce(i.event_type, m.event_type) AS event_type,
  coalesce(i.status, m.status) AS status, coalesce(i.event_date, m.event_date) AS day, coalesce(incidents, 0) AS incidents, coalesce(mentions, 0) AS mentions
FROM (SELECT acts_for, role, event_type, status, event_date, count(*) AS incidents FROM store.incident_actors
  WHERE first_for_party AND length(acts_for) = 3 AND acts_for BETWEEN 'AAA' AND 'ZZZ' AND date_basis IN ('text', 'carried', 'published') AND scope <> 'process'
    AND event_date IS NOT NULL AND told_by_parts IS NOT TRUE GROUP BY ALL) AS i
FULL JOIN (SELECT acts_for, role, event_type, status, event_date, count(*) AS mentions FROM store.event_actors
  WHERE first_for_party AND length(acts_for) = 3 AND acts_for BETWEEN 'AAA' AND 'ZZZ' AND date_basis IN ('text', 'carried', 'published') AND scope <> 'process'
    AND event_date IS NOT NULL GROUP BY ALL) AS m
ON i.acts_for = m.acts_for AND i.role = m.role AND i.event_type = m.event_type AND i.status = m.status AND i.event_date = m.event_date

-- name: party_days
SELECT coalesce(i.acts_for, m.acts_for) AS acts_for, coalesce(i.role, m.role) AS role, coalesce(i.event_type, m.event_type) AS event_type,
  coalesce(i.status, m.status) AS status, coalesce(i.event_date, m.event_date) AS day, coalesce(incidents, 0) AS incidents, coalesce(mentions, 0) AS mentions
FROM (SELECT acts_for, role, event_type, status, event_date, count(*) AS incidents FROM store.incident_actors
  WHERE first_for_party AND date_basis IN ('text', 'carried', 'published') AND scope <> 'process' AND event_date IS NOT NULL AND told_by_parts IS NOT TRUE
  GROUP BY ALL) AS i
FULL JOIN (SELECT acts_for, role, event_type, status, event_date, count(*) AS mentions FROM store.event_actors
  WHERE first_for_party AND date_basis IN ('text', 'carried', 'published') AND scope <> 'process' AND event_date IS NOT NULL GROUP BY ALL) AS m
ON i.acts_for = m.acts_for AND i.role = m.role AND i.event_type = m.event_type AND i.status = m.status AND i.event_date = m.event_date

-- name: timeline
WITH told AS (
  SELECT incident_id, published_date, list_sort(list(DISTINCT status)) AS statuses, count(*) AS mentions, count(DISTINCT source) AS sources
  FROM store.incident_members GROUP BY ALL
), decided AS (
  SELECT incident_id, published_date, list_sort(list(DISTINCT decision)) AS decisions FROM store.aid_decision GROUP BY ALL
)
SELECT t.incident_id, t.published_date, statuses, coalesce(decisions, []) AS decisions, mentions, sources
FROM told AS t LEFT JOIN decided AS d ON d.incident_id = t.incident_id AND d.published_date IS NOT DISTINCT FROM t.published_date

-- name: coverage
SELECT source, published_date, count(*) AS documents, sum(sentences)::BIGINT AS sentences, count_if(event_count > 0) AS documents_with_events
FROM store.documents GROUP BY ALL

-- name: aid_totals
SELECT acting AS donors, receiving AS recipients, aid_kind, decision, status, currency, month, count(*) AS incidents,
  sum(CASE WHEN amount_scope IN ('once', 'multi_year') AND (direction = 'give' OR decision = 'suspended') THEN amount END) AS amount,
  sum(CASE WHEN amount_scope IN ('once', 'multi_year') AND (direction = 'give' OR decision = 'suspended') THEN amount_usd END) AS amount_usd
FROM store.incidents
WHERE event_type = 'aid_decision' AND date_basis IN ('text', 'carried', 'published') AND scope <> 'process' AND event_date IS NOT NULL
GROUP BY ALL

-- name: undated
SELECT event_type, status, date_basis, month, sum(i)::BIGINT AS incidents, sum(m)::BIGINT AS mentions FROM (
  SELECT event_type, status, date_basis, date_trunc('month', first_published_date)::DATE AS month, count(*) AS i, 0 AS m
  FROM store.incidents WHERE date_basis IN ('before', 'after') GROUP BY ALL
  UNION ALL
  SELECT event_type, status, date_basis, date_trunc('month', published_date)::DATE AS month, 0 AS i, count(*) AS m
  FROM store.mentions WHERE date_basis IN ('before', 'after') GROUP BY ALL
) GROUP BY ALL

-- name: actor_days
SELECT coalesce(i.actor_id, m.actor_id) AS actor_id, coalesce(i.role, m.role) AS role, coalesce(i.event_type, m.event_type) AS event_type,
  coalesce(i.status, m.status) AS status, coalesce(i.event_date, m.event_date) AS day, least(i.name, m.name) AS name, least(i.kind, m.kind) AS kind,
  least(i.acts_for, m.acts_for) AS acts_for, least(i.country, m.country) AS country,
  ['day', 'range', 'week', 'month', 'year'][greatest(i.fine, m.fine)] AS date_precision, coalesce(incidents, 0) AS incidents, coalesce(mentions, 0) AS mentions
FROM (SELECT actor_id, role, event_type, status, event_date, min(name) AS name, min(kind) AS kind, min(acts_for) AS acts_for, min(country) AS country,
    max(CASE date_precision WHEN 'day' THEN 1 WHEN 'range' THEN 2 WHEN 'week' THEN 3 WHEN 'month' THEN 4 ELSE 5 END) AS fine, count(*) AS incidents
  FROM store.incident_actors WHERE first_in_role AND date_basis IN ('text', 'carried', 'published') AND scope <> 'process' AND event_date IS NOT NULL
    AND told_by_parts IS NOT TRUE GROUP BY ALL) AS i
FULL JOIN (SELECT actor_id, role, event_type, status, event_date, min(name) AS name, min(kind) AS kind, min(acts_for) AS acts_for, min(country) AS country,
    max(CASE date_precision WHEN 'day' THEN 1 WHEN 'range' THEN 2 WHEN 'week' THEN 3 WHEN 'month' THEN 4 ELSE 5 END) AS fine, count(*) AS mentions
  FROM store.event_actors WHERE first_in_role AND date_basis IN ('text', 'carried', 'published') AND scope <> 'process' AND event_date IS NOT NULL
  GROUP BY ALL) AS m
ON i.actor_id = m.actor_id AND i.role = m.role AND i.event_type = m.event_type AND i.status = m.status AND i.event_date = m.event_date
