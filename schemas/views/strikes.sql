-- Reports of armed attacks, one row a mention.
SELECT
{mention},
  m.weapon, m.target_kind, m.killed_min, m.killed_max, m.injured_min, m.injured_max, m.casualties_scope
FROM store.strike AS m
