-- Who acts on whom, by month: attackers on targets, donors on recipients, participants with each other (once a pair, the smaller id first).
-- acting: in whose name the acting party counts
-- receiving: in whose name the receiving party counts
-- month: first day of the month
-- acting_kind: what the acting party is
-- acting_country: its country, ISO 3166-1 alpha-3
-- receiving_kind: what the receiving party is
-- receiving_country: its country, ISO 3166-1 alpha-3
-- incidents: real-world events of this status
-- mentions: reports of this status
SELECT p.acting, p.receiving, p.event_type, p.status, p.month,
  coalesce(a.kind, CASE WHEN length(p.acting) = 3 THEN 'state' END) AS acting_kind, coalesce(a.country, CASE WHEN length(p.acting) = 3 THEN p.acting END) AS acting_country,
  coalesce(r.kind, CASE WHEN length(p.receiving) = 3 THEN 'state' END) AS receiving_kind, coalesce(r.country, CASE WHEN length(p.receiving) = 3 THEN p.receiving END) AS receiving_country,
  p.incidents, p.mentions
FROM (
  SELECT acting, receiving, event_type, status, month, count(incident) AS incidents, count(mention) AS mentions
  FROM (
    SELECT x.acts_for AS acting, y.acts_for AS receiving, x.event_type, x.status, x.month, true AS incident, NULL AS mention
    FROM store.incident_actors AS x JOIN store.incident_actors AS y ON y.incident_id = x.incident_id AND y.month = x.month
    JOIN store.sides AS s ON s.event_type = x.event_type AND s.acting = x.role AND s.receiving = y.role
    WHERE x.first_for_party AND y.first_for_party AND (x.acts_for < y.acts_for OR (s.directed AND x.acts_for <> y.acts_for))
      AND x.date_basis IN ('text', 'carried', 'published') AND x.scope <> 'process'
    UNION ALL
    SELECT x.acts_for, y.acts_for, x.event_type, x.status, x.month, NULL, true
    FROM store.event_actors AS x JOIN store.event_actors AS y ON y.event_id = x.event_id AND y.month = x.month
    JOIN store.sides AS s ON s.event_type = x.event_type AND s.acting = x.role AND s.receiving = y.role
    WHERE x.first_for_party AND y.first_for_party AND (x.acts_for < y.acts_for OR (s.directed AND x.acts_for <> y.acts_for))
      AND x.date_basis IN ('text', 'carried', 'published') AND x.scope <> 'process'
  )
  GROUP BY acting, receiving, event_type, status, month
) AS p
LEFT JOIN store.actors AS a ON a.actor_id = p.acting
LEFT JOIN store.actors AS r ON r.actor_id = p.receiving
