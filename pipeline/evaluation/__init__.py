"""How good extraction is, against gold annotation (events.md): matching, counting, figures."""
