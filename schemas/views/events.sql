-- Reports of events of every type, one row a mention.
SELECT
{mention}
FROM store.mentions AS m
