from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from schemas.document import Document
from schemas.mention import Mention
from transforms.events.extractor import Extractor

Reader = Callable[..., list[Mention]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor(judged=False)  # what the rules say; the judge has tests of its own


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> Reader:
    """Reads one text as a document and gives its mentions in order."""

    def reader(text: str, published: str = "2025-03-20", **fields: str) -> list[Mention]:
        document = Document(doc_id="doc", text=text, published_date=datetime.date.fromisoformat(published), language="en", **fields)
        return list(next(extractor.extract([document])).mentions)

    return reader
