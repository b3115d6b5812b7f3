-- Aid by donors, recipients, kind and decision, by month. Decisions are stages of one sum and are not added together.
-- donors: whom the donors act for, sorted and joined by `+`
-- recipients: whom the recipients act for, sorted and joined by `+`
-- month: first day of the month in which the event begins
-- incidents: real-world decisions of this status
-- amount: sum of amounts that are given once or over several years; of cuts only where they are suspended aid [units of `currency`]
-- amount_usd: the same at the ECB's rates [USD]
SELECT acting AS donors, receiving AS recipients, aid_kind, decision, status, currency, month,
  count(*) AS incidents,
  sum(amount) FILTER (WHERE amount_scope IN ('once', 'multi_year') AND (direction = 'give' OR decision = 'suspended')) AS amount,
  sum(amount_usd) FILTER (WHERE amount_scope IN ('once', 'multi_year') AND (direction = 'give' OR decision = 'suspended')) AS amount_usd
FROM store.incidents
WHERE event_type = 'aid_decision' AND {dated}
GROUP BY acting, receiving, aid_kind, decision, status, currency, month
