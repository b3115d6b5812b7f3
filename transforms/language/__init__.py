"""Sentences, the gate that lets through what may hold an event, and the parse of these."""
