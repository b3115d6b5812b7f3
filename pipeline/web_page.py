"""What the pages that dateline writes share: they ask nothing of any network, and they have one set of colours, for light, dark and paper."""

from __future__ import annotations

import base64
import hashlib
import importlib.resources


def policy(*scripts: str) -> str:
    """A content security policy that lets these scripts run, styles of the page apply, and nothing else happen: no request, no form, no other script."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in scripts) or "'none'"
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def style(name: str) -> str:
    """The style sheet `pipeline/report/web/<name>.css` after the colours that all pages share."""
    folder = importlib.resources.files("pipeline.report") / "web"
    return "".join((folder / f"{each}.css").read_text(encoding="utf-8") for each in ("colours", name))
