-- Runs and their balance: read = added + replaced + unchanged + skipped + failed.
SELECT run_id, started, finished, runner, read, added, replaced, unchanged, skipped, failed, event_count, version, model, inputs
FROM store.runs
