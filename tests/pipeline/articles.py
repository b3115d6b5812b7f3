"""Small inputs for tests of runs."""

from __future__ import annotations

import json
import pathlib
from typing import Any

MEETING = "Norway's foreign minister Espen Barth Eide met Kenyan President William Ruto in Nairobi on Monday to discuss fisheries."
STRIKE = "Russian drones hit a power station in Odesa overnight, killing three people."
AID = "Germany pledged 30 million euros of humanitarian aid to Sudan on Tuesday."


def article(name: str, text: str, published: str = "2025-03-12", **fields: Any) -> dict[str, Any]:
    return {"id": name, "text": text, "published": published, "url": f"https://example.org/{name}", **fields}


def write_articles(path: pathlib.Path, *articles: dict[str, Any] | str) -> str:
    """Writes articles as JSON Lines; a string is written as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in articles), "utf-8")
    return str(path)
