"""Mentions of one real-world event become one incident: rules (data of `seeds/incidents/`), similarity, blocks, clusters, summary."""
