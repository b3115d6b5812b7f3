-- What happened, one row a real-world event.
SELECT
  incident_id, event_type, status, event_date, event_date_end, date_precision, date_basis, location_name, location_country, latitude, longitude,
  {own_columns},
  mentions, documents, sources, first_published, part_of, package_id, scope, confidence, disputed, told_by_parts
FROM store.incidents
