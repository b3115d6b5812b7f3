-- Who acts on whom, by month: attackers on targets, donors on recipients, participants with each other (once a pair, the smaller id first).
-- acting: in whose name the acting party counts
-- receiving: in whose name the receiving party counts
-- month: first day of the month in which the event begins
-- acting_name: what the acting party is called
-- receiving_name: what the receiving party is called
-- acting_kind: what the acting party is
-- acting_country: its country, ISO 3166-1 alpha-3
-- receiving_kind: what the receiving party is
-- receiving_country: its country, ISO 3166-1 alpha-3
-- incidents: real-world events of this status
-- mentions: reports of this status
SELECT p.acting, p.receiving, p.event_type, p.status, p.month,
  coalesce(a.name, p.acting) AS acting_name, coalesce(r.name, p.receiving) AS receiving_name,
  coalesce(a.kind, CASE WHEN length(p.acting) = 3 THEN 'state' END) AS acting_kind,
  coalesce(a.country, CASE WHEN length(p.acting) = 3 THEN p.acting END) AS acting_country,
  coalesce(r.kind, CASE WHEN length(p.receiving) = 3 THEN 'state' END) AS receiving_kind,
  coalesce(r.country, CASE WHEN length(p.receiving) = 3 THEN p.receiving END) AS receiving_country,
  p.incidents, p.mentions
FROM (
  SELECT acting, receiving, event_type, status, month, count(incident) AS incidents, count(mention) AS mentions
  FROM (
    SELECT acting, unnest(string_split(receivers, '+')) AS receiving, event_type, status, month, directed, incident, mention
    FROM (
      SELECT unnest(string_split(t.acting, '+')) AS acting, CASE WHEN s.directed THEN t.receiving ELSE t.acting END AS receivers,
        t.event_type, t.status, t.month, s.directed, t.incident, t.mention
      FROM (
        SELECT acting, receiving, event_type, status, month, true AS incident, NULL AS mention FROM store.incidents WHERE {dated} AND {counted}
        UNION ALL
        SELECT acting, receiving, event_type, status, month, NULL, true FROM store.mentions WHERE {dated}
      ) AS t
      JOIN store.sides AS s ON s.event_type = t.event_type
    )
  )
  WHERE acting < receiving OR (directed AND acting <> receiving)
  GROUP BY acting, receiving, event_type, status, month
) AS p
LEFT JOIN store.actors AS a ON a.actor_id = p.acting
LEFT JOIN store.actors AS r ON r.actor_id = p.receiving
