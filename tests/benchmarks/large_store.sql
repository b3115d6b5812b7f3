-- The rows of a store of millions of mentions, drawn by hashing; each statement has a name, by which tests/benchmarks/large_store.py asks for it.

-- name: macros
CREATE MACRO unit(a, b) AS (hash(a, b) % 1000003) / 1000003.0;
CREATE MACRO one_of(options, a, b) AS options[1 + CAST(floor(unit(a, b) * len(options)) AS INTEGER)];
CREATE MACRO rare(a, b, size) AS CAST(floor(pow(unit(a, b), 3) * size) AS INTEGER);
CREATE TEMP TABLE halves AS SELECT i, list_aggregate(list_transform(range(11),
  lambda j: substr(md5(CAST(hash(i, j) % 4000 AS VARCHAR)), 1, 3 + CAST(hash(i, j) % 7 AS INTEGER))), 'string_agg', ' ') AS half FROM range(20000) t(i);
CREATE TEMP TABLE pool AS SELECT row_number() OVER (ORDER BY hash(actor_id)) - 1 AS i, * FROM reference WHERE acts_for IS NOT NULL;
CREATE TEMP TABLE countries AS SELECT row_number() OVER (ORDER BY hash(actor_id)) - 1 AS i, actor_id AS place_country FROM reference WHERE kind = 'state';

-- name: incidents
CREATE OR REPLACE TEMP TABLE truth AS
SELECT *, month_start + CAST(floor(unit(e, 'day') * days) AS INTEGER) AS told_day,
  CASE WHEN unit(e, 'old') < 0.01 THEN month_start - CAST(floor(unit(e, 'age') * 3000) AS INTEGER) ELSE told_day END AS event_date,
  least(1 + CAST(floor(pow(unit(e, 'told') + 0.002, -0.8) - 1) AS INTEGER), 300) AS told,
  CASE WHEN unit(e, 'type') < 0.5 THEN 'strike' WHEN unit(e, 'type') < 0.8 THEN 'meeting' ELSE 'aid_decision' END AS event_type,
  one_of(['occurred', 'occurred', 'occurred', 'occurred', 'planned', 'ongoing', 'denied'], e, 'status') AS status,
  one_of(['text', 'text', 'carried', 'published', 'published', 'before', 'after'], e, 'basis') AS date_basis,
  rare(e, 'country', 190) AS country_at, rare(e, 'town', 40) AS town, rare(e, 'acting', actors) AS acting_at, rare(e, 'receiving', actors) AS receiving_at
FROM (SELECT hash(number, $month_start) AS e, $month_start AS month_start, $days AS days, $actors AS actors FROM range($incidents) t(number))

-- name: mentions
CREATE OR REPLACE TEMP TABLE told AS
SELECT t.*, n, hash(e, n) AS m, least(told_day + CAST(n % 4 AS INTEGER), month_start + days - 1) AS published_date,
  CAST(floor(unit(hash(e, n), 'document') * $documents) AS INTEGER) AS document
FROM (SELECT *, unnest(range(told)) AS n FROM truth) AS t

-- name: rows
SELECT lpad(to_hex(m), 16, '0') AS event_id, lpad(to_hex(e), 16, '0') AS of_incident, event_type,
  concat('d', strftime(published_date, '%Y%m%d'), '-', document) AS doc_id,
  CAST(published_date AS TIMESTAMP) + to_minutes(document % 1440) AS published, published_date,
  CASE WHEN unit(m, 'status') < 0.9 THEN status ELSE 'planned' END AS status,
  event_date, event_date + CAST(hash(e, 'span') % 7 = 0 AS INTEGER) AS event_date_end, CASE WHEN hash(e,
    'span') % 7 = 0 THEN 'range' ELSE 'day' END AS date_precision,
  date_basis, CASE WHEN date_basis = 'text' THEN strftime(event_date, '%-d %B') END AS date_text,
  CASE WHEN unit(m, 'place') < 0.8 THEN [{'text': 'Town ' || town, 'name': 'Town ' || town, 'country': place_country, 'admin1': 'District ' || town // 5,
    'latitude': unit(place_country, town) * 120 - 60, 'longitude': unit(town, place_country) * 360 - 180, 'precision': 'city'}] ELSE [] END AS locations,
  concat(h1.half, ' ', h2.half, '.') AS sentence, CAST(hash(m, 'at') % 900 AS INTEGER) AS sentence_start,
    sentence_start + CAST(length(sentence) AS INTEGER) AS sentence_end,
  one_of(['strike', 'attack', 'hit', 'met', 'talks', 'pledged', 'sent'], m, 'trigger') AS trigger,
  sentence_start + 12 AS trigger_start, sentence_start + 18 AS trigger_end,
  list_filter([
    {'role': acting_role, 'text': a.name, 'actor_id': a.actor_id, 'name': a.name, 'kind': a.kind, 'acts_for': a.acts_for, 'country': a.country,
      'sector': a.sector,
     'office': NULL, 'reason': 'known name', 'text_start': sentence_start, 'text_end': sentence_start + 8},
    {'role': receiving_role, 'text': r.name, 'actor_id': r.actor_id, 'name': r.name, 'kind': r.kind, 'acts_for': r.acts_for, 'country': r.country,
      'sector': r.sector,
     'office': NULL, 'reason': 'known name', 'text_start': sentence_start + 30, 'text_end': sentence_start + 40},
    {'role': receiving_role, 'text': 'officials', 'actor_id': NULL, 'name': NULL, 'kind': NULL, 'acts_for': NULL, 'country': NULL, 'sector': NULL,
     'office': NULL, 'reason': 'unknown', 'text_start': sentence_start + 50, 'text_end': sentence_start + 59}
  ], lambda each, i: i = 1 OR (i = 2 AND acting_at <> receiving_at) OR (i = 3 AND hash(m, 'third') % 4 = 0)) AS actors,
  NULL AS attributed_to, 'asserted' AS blame, 'frame' AS rule, 0.3 + 0.7 * unit(m, 'confidence') AS confidence,
  'en_core_web_sm 3.8.0' AS model, '0.1.0' AS version, 'synthetic' AS run_id,
  one_of(['requested', 'proposed', 'pledged', 'approved', 'delivered'], e, 'decision') AS decision, 'give' AS direction,
  one_of(['military', 'financial', 'humanitarian', 'other'], e, 'kind') AS aid_kind, CASE WHEN hash(e, 'sum') % 2 = 0 THEN 1e6 * (1 + hash(e,
    'amount') % 900) END AS amount,
  CASE WHEN amount IS NOT NULL THEN one_of(['USD', 'EUR'], e, 'currency') END AS currency, CASE WHEN amount IS NOT NULL THEN 'once' END AS amount_scope,
  CASE WHEN hash(e, 'items') % 3 = 0 THEN 'vehicles' END AS items, amount * 1.1 AS amount_usd,
    CASE WHEN amount IS NOT NULL THEN published_date END AS usd_rate_date,
  one_of(['in_person', 'phone', 'unknown'], e, 'format') AS format, CASE WHEN hash(m, 'topic') % 3 = 0 THEN 'trade and security' END AS topic,
  one_of(['drone', 'missile', 'air_strike', 'unknown'], e, 'weapon') AS weapon, one_of(['energy', 'military', 'residential', 'unknown'], e,
    'target') AS target_kind,
  CASE WHEN hash(e, 'toll') % 3 = 0 THEN CAST(hash(e, 'killed') % 9 AS INTEGER) END AS killed_min, CAST(NULL AS INTEGER) AS killed_max,
  CASE WHEN hash(e, 'hurt') % 3 = 0 THEN CAST(hash(e, 'injured') % 30 AS INTEGER) END AS injured_min, CAST(NULL AS INTEGER) AS injured_max,
    'event' AS casualties_scope,
  first_value(event_id) OVER (PARTITION BY e ORDER BY published, event_id) AS incident_id,
  CASE WHEN unit(e, 'process') < 0.03 THEN 'process' ELSE 'event' END AS scope, CAST(date_trunc('month', event_date) AS DATE) AS month,
  a.acts_for AS acting, CASE WHEN acting_role <> receiving_role THEN r.acts_for END AS receiving, 'Source ' || document % 200 AS publisher,
  list_transform(range(4), lambda i: CAST(hash(e, i) % 2147483647 AS INTEGER)) AS block_list
FROM (SELECT * FROM told WHERE event_type = $event_type)
JOIN countries ON countries.i = country_at JOIN halves AS h1 ON h1.i = m % 20000 JOIN halves AS h2 ON h2.i = m // 20000 % 20000
JOIN pool AS a ON a.i = acting_at JOIN pool AS r ON r.i = receiving_at
JOIN (SELECT $acting_role AS acting_role, $receiving_role AS receiving_role) ON true
ORDER BY published, event_id

-- name: documents
SELECT t.* , concat('https://example.org/', doc_id) AS uri, 'Source ' || document % 200 AS source, 'Headline ' || doc_id AS title,
  CAST(published_date AS TIMESTAMP) + to_minutes(document % 1440) AS published, 'given' AS published_basis, 'en' AS language,
  concat(h1.half, ' ', h2.half, '. ', h2.half, ' ', h1.half, '.') AS text, md5(doc_id) AS text_hash,
  list_transform(range(64), lambda i: CAST(CAST(hash(doc_id, i) % 4294967296 AS BIGINT) - 2147483648 AS INTEGER)) AS signature, 3 AS sentences,
  'en_core_web_sm 3.8.0' AS model, '0.1.0' AS version, 'synthetic' AS run_id
FROM (
  SELECT doc_id, any_value(document) AS document, any_value(published_date) AS published_date, CAST(count(*) AS INTEGER) AS event_count
  FROM (SELECT *, concat('d', strftime(published_date, '%Y%m%d'), '-', document) AS doc_id FROM told) GROUP BY doc_id
) AS t JOIN halves AS h1 ON h1.i = hash(doc_id) % 20000 JOIN halves AS h2 ON h2.i = hash(doc_id) // 20000 % 20000

-- name: event_actors
SELECT unnest(a), event_id, incident_id, event_type, status, event_date, date_precision, date_basis, month, doc_id, published_date, scope, position,
  a.actor_id IS NOT NULL AS first_in_event, a.actor_id IS NOT NULL AS first_in_role,
  a.acts_for IS NOT NULL AND row_number() OVER (PARTITION BY event_id, a.role, a.acts_for ORDER BY position) = 1 AS first_for_party
FROM (SELECT unnest(actors) AS a, unnest(range(len(actors)))::INTEGER AS position, * EXCLUDE (actors, items) FROM mentions)

-- name: summary
SELECT incident_id, any_value(event_type) AS event_type, arg_max(status, confidence) AS status, min(event_date) AS event_date,
  max(event_date_end) AS event_date_end,
  min(date_precision) AS date_precision, min(date_basis) AS date_basis, 'Town ' || min(locations[1].name) AS location_name,
    min(locations[1].country) AS location_country,
  min(locations[1].latitude) AS latitude, min(locations[1].longitude) AS longitude, false AS disputed,
  CASE WHEN min(locations[1].name) IS NULL THEN [] ELSE [min(locations[1].name)] END AS towns, hash(incident_id) % 50 = 0 AS gathers,
    any_value(scope) AS scope,
  max(confidence) AS confidence, {own}
FROM mentions GROUP BY incident_id ORDER BY incident_id
