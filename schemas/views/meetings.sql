-- Reports of meetings, talks, calls and official visits, one row a mention.
SELECT
{mention},
  m.format, m.topic
FROM store.meeting AS m
