-- What was told of an incident, by day of publication.
-- statuses: the statuses told on that day
-- decisions: the decisions told on that day; empty for other types than aid decisions
-- mentions: reports on that day
-- sources: publishers that reported it on that day; a document that repeats another's text adds none
SELECT incident_id, published_date, {statuses_of_bits} AS statuses, {decisions_of_bits} AS decisions, mentions, sources
FROM (
  -- Sets of statuses and decisions travel as bits: lists of ten million groups would cost three times as much.
  SELECT incident_id, published_date, bit_or(status_bits) AS status_bits, bit_or(decision_bits) AS decision_bits,
    CAST(sum(mentions) AS BIGINT) AS mentions, count(source) AS sources
  FROM (
    SELECT incident_id, published_date, source, bit_or({bit_of_status}) AS status_bits, bit_or({bit_of_decision}) AS decision_bits, count(status) AS mentions
    FROM (
      SELECT incident_id, published_date, source, status, NULL AS decision FROM store.incident_members
      UNION ALL
      SELECT incident_id, published_date, NULL, NULL, decision FROM store.aid_decision
    )
    GROUP BY incident_id, published_date, source
  )
  GROUP BY incident_id, published_date
)
