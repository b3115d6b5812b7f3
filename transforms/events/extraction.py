"""What extraction makes of one document."""

from __future__ import annotations

import dataclasses

from schemas.document import Document
from schemas.mention import Mention


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A document, the number of its sentences, and its mentions in order of the text."""

    document: Document
    sentences: int
    mentions: tuple[Mention, ...]
    model: str
    version: str
