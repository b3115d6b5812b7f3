"""From parsed sentences to typed events: frames, roles, status, and who, when, where and how much.

For one text, `from transforms.events import extract_events`; for many, `Extractor`. Neither needs Beam.
"""

from __future__ import annotations

import importlib
from typing import Any

_MODULES = {"extract_events": "text", "Extractor": "extractor", "Extraction": "extraction"}

__all__ = ["Extraction", "Extractor", "extract_events"]


def __getattr__(name: str) -> Any:
    # Loaded when asked for: the other modules of this package must come up without spaCy.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
