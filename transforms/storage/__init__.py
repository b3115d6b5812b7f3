"""The store: what workers stage, how a run is published as a whole, and what the store has already."""
