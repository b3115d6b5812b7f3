"""The parties of a candidate by role."""

from __future__ import annotations

import dataclasses

from transforms.events.parties import Party
from transforms.language.parse import Token


@dataclasses.dataclass
class Filled:
    """The parties of a candidate by role, and what was learnt while filling them; `mutual` where each attacks the other."""

    roles: dict[str, list[Party]] = dataclasses.field(default_factory=dict)
    target_heads: list[Token] = dataclasses.field(default_factory=list)
    origin: str | None = None
    visited: Token | None = None
    visited_heads: list[Token] = dataclasses.field(default_factory=list)
    mutual: bool = False

    def add(self, role: str, parties: list[Party]) -> None:
        """Adds parties to a role, each once."""
        known = self.roles.setdefault(role, [])
        keys = {party.key for party in known}
        for party in parties:
            if party.key not in keys:
                known.append(party)
                keys.add(party.key)

    def all(self) -> list[Party]:
        """Every party of any role, each once."""
        found: dict[str, Party] = {}
        for parties in self.roles.values():
            for party in parties:
                found.setdefault(party.key, party)
        return list(found.values())
