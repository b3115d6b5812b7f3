JOIN store.incident_members AS i ON i.event_id = m.event_id AND i.day = coalesce(m.published_date, DATE '0001-01-01')
