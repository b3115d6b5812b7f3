"""Reads input of any format, compression and encoding into `schemas.document.Document` records and rejects."""
