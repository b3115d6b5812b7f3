"""From parsed sentences to typed events: frames, roles, status, and who, when, where and how much."""
