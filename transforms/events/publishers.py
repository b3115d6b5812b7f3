"""The government that publishes a document: by its source, its link, or the labels of a briefing's transcript."""

from __future__ import annotations

import functools
import re

from schemas.document import Document
from transforms.events.names import scanner
from transforms.events.reference import read_table

# `Ministry of Foreign Affairs of Japan`, `Government of Canada`, `Office of the Spokesperson of the Turkish Presidency`
_OFFICIAL = re.compile(r"(?i)\b(?:ministry|government|embassy|presidency|office of the (?:president|prime minister)|foreign office|cabinet office)\b")
# `Government of Canada announces …`, `Embassy of Japan: …`: a title in the name of who publishes.
_IN_THE_NAME_OF = re.compile(
    r"(?:The )?(?:Government|(?:Foreign )?Ministry|Embassy|Presidency|Permanent Mission)[\w ]{0,40}? of (?:the )?(?P<name>[A-Z]\w+(?: [A-Z]\w+){0,2})"
    r"(?=:| (?:announces|provides|delivers|launches|contributes|donates|hands|extends|welcomes)\b)"
)
# Who asks and who answers in the transcript of a briefing: `QUESTION:`, `MR. MILLER:`, `Q.`
_LABELS = ("QUESTION:", "Q:", "QUESTION. ", "Q. ")
_ASKED = re.compile(r"(?m)^(?:QUESTION|Q)(?::|\.(?= ))")
# `MR. PRICE:`, `THE PRESIDENT:`: who answers, as only transcripts of this government write it.
_ANSWERED = re.compile(r"\b(?:(?:MR|MS|MRS)\. [A-Z]{2,}|THE (?:VICE )?PRESIDENT|(?:DEPUTY )?SECRETARY [A-Z]{2,}): ")
_ASKED_WITHIN = re.compile(r"(?:^|(?<=\s))(?:QUESTION|Q):(?= )")
# Institutions that only the texts of this government name without its name.
_AMERICAN = re.compile(
    r"\b(?:State Department|the Department\b|Pentagon|White House|Department of (?:State|Defense)|DoD|the Administration|Capitol Hill|U\.S\. forces)"
)


def home_of(document: Document) -> str | None:
    """The country whose government publishes a document, where source, link or the form of a transcript says so."""
    where = f"{document.source or ''} {document.uri or ''}".lower()
    known = next((code for text, code in _publishers() if text in where), None)
    if known is not None:
        return known
    if document.source and _OFFICIAL.search(document.source):
        named = [span.entity for span in scanner().scan(document.source) if span.entity.country]
        if named:
            return named[0].country
    if document.title and (titled := _IN_THE_NAME_OF.match(document.title)):
        entity = next((span.entity for span in scanner().scan(titled["name"]) if span.entity.kind == "state"), None)
        if entity is not None:
            return entity.country
    if not any(label in document.text for label in _LABELS):
        return None
    if len(_ASKED.findall(document.text)) > 1 and _AMERICAN.search(document.text):
        return "USA"
    if _ANSWERED.search(document.text) and _ASKED_WITHIN.search(document.text):
        return "USA"
    return None


@functools.cache
def _publishers() -> tuple[tuple[str, str], ...]:
    return tuple((row["text"], row["country"]) for row in read_table("actors", "publishers.tsv"))
