"""Short forms of annotated and extracted mentions."""

from __future__ import annotations

from typing import Any

from pipeline.evaluation.annotation import Annotated, GoldDocument

SENTENCE = (0, 100)


def gold_actor(role: str, name: str, country: str | None = None, *, named: bool = True) -> dict[str, Any]:
    return {"role": role, "name": name, "country": country, "named": named}


def guess_actor(role: str, acts_for: str | None, *, name: str | None = None, country: str | None = None, kind: str | None = None) -> dict[str, Any]:
    known = acts_for or name
    return {"role": role, "text": name or "someone", "name": name, "actor_id": known, "acts_for": acts_for, "country": country, "kind": kind}


def unknown_actor(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "text": text, "name": None, "actor_id": None, "acts_for": None, "country": None, "kind": None}


def gold(*actors: dict[str, Any], kind: str = "meeting", status: str = "occurred", span: tuple[int, int] = SENTENCE, **fields: Any) -> Annotated:
    return Annotated(kind, *span, status, actors, fields, "", "")


def guess(*actors: dict[str, Any], kind: str = "meeting", status: str = "occurred", at: int = 10, **fields: Any) -> Annotated:
    return Annotated(kind, at, at + 3, status, actors, fields, "", "")


def document(name: str, *mentions: Annotated, sentences: int | None = None, dated: bool = True) -> GoldDocument:
    return GoldDocument(name, None, mentions, dated, sentences)
