-- Reports of steps in deciding on or giving aid, one row a mention.
-- stage: how far the decision has come: `asked`, `weighed`, `promised`, `authorised`, `given`, `refused`, `stopped`
SELECT
{mention},
  m.decision, m.direction, m.aid_kind, m.amount, m.amount_max, m.currency, m.amount_scope, m.items, m.amount_usd, m.usd_rate_date,
  CASE m.decision
    WHEN 'requested' THEN 'asked'
    WHEN 'proposed' THEN 'weighed'
    WHEN 'pledged' THEN 'promised'
    WHEN 'approved' THEN 'authorised'
    WHEN 'delivered' THEN 'given'
    WHEN 'rejected' THEN 'refused'
    WHEN 'suspended' THEN 'stopped'
  END AS stage
FROM store.aid_decision AS m
