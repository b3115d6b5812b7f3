date_basis IN ('text', 'carried', 'published') AND scope <> 'process' AND event_date IS NOT NULL
