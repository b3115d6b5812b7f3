-- location_text: the main place as written
-- location_name: usual English name of the main place
-- location_country: its country, ISO 3166-1 alpha-3
-- latitude: latitude of the main place, WGS 84 [degrees]
-- longitude: longitude of the main place, WGS 84 [degrees]
  m.event_id, m.incident_id, m.event_type, m.doc_id, m.published, m.published_date, m.status,
  m.event_date, m.event_date_end, m.date_precision, m.date_basis, m.date_text,
  m.locations[1].text AS location_text, m.locations[1].name AS location_name, m.locations[1].country AS location_country,
  m.locations[1].latitude AS latitude, m.locations[1].longitude AS longitude, m.locations,
  m.sentence, m.sentence_start, m.sentence_end, m.trigger, m.trigger_start, m.trigger_end, m.actors,
  m.attributed_to, m.blame, m.rule, m.confidence, m.model, m.version, m.run_id
