"""The commands: each module translates options into a library call, and is imported without Beam, spaCy, DuckDB or Arrow."""
