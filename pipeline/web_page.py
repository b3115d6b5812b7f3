"""What the pages that dateline writes share: they ask nothing of any network, and they have one set of colours, for light, dark and paper."""

from __future__ import annotations

import base64
import hashlib
import importlib.resources


def policy(*scripts: str) -> str:
    """A content security policy that lets these scripts run, styles of the page apply, and nothing else happen: no request, no form, no other script."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in scripts) or "'none'"
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def colours() -> str:
    """The style sheet that names the colours: those of event types are Okabe and Ito's, which people with any colour vision tell apart."""
    return (importlib.resources.files("pipeline.report") / "web" / "colours.css").read_text(encoding="utf-8")
