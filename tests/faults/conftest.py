from __future__ import annotations

from tests.pipeline.conftest import news_store

__all__ = ["news_store"]
