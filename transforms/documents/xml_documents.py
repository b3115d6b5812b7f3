"""XML: which kind a file is, and NITF articles (alone or within NewsML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import lxml.etree

from transforms.documents.feed import read_feed
from transforms.documents.html import read_html
from transforms.documents.records import ContentError, RawRecord, Unreadable

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_PROLOGUE = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_FEEDS = frozenset({"rss", "feed", "rdf", "channel"})


def read_xml(data: bytes) -> Iterator[RawRecord | Unreadable]:
    """Reads RSS, Atom, NITF and XHTML.

    Raises:
        ContentError: It is another kind of XML, is broken, or declares entities (the means of XML bombs).
    """
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data or "<!ENTITY".encode("utf-16-be") in data:
        raise ContentError("declares XML entities, which are not read: a feed or article without them would be right")
    ascii_head = data[:8192].replace(b"\0", b"")
    root = _ROOT.search(_PROLOGUE.sub(b"", ascii_head))
    name = root[1].decode("ascii", "replace").lower() if root else ""
    if name in _FEEDS:
        yield from read_feed(data)
    elif name == "html":
        yield read_html(data)
    else:
        yield from _nitf(data, name)


def _nitf(data: bytes, name: str) -> Iterator[RawRecord]:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = lxml.etree.fromstring(data, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise ContentError(f"no well-formed XML: {error}") from error
    articles = cast("list[Any]", tree.xpath("descendant-or-self::*[local-name()='nitf']")) if tree is not None else []
    if not articles:
        raise ContentError(f"is XML of the kind <{name}>: RSS, Atom, NITF and XHTML are read")
    for number, article in enumerate(articles, 1):
        yield RawRecord(f"row {number}" if len(articles) > 1 else None, _values(article), inferred=True)


def _values(article: Any) -> dict[str, str | None]:
    def first(*paths: str) -> str | None:
        for path in paths:
            for value in article.xpath(path):
                text = " ".join((value if isinstance(value, str) else "".join(value.itertext())).split())
                if text:
                    return text
        return None

    def element(name: str) -> str:
        return f"descendant::*[local-name()='{name}']"

    blocks = article.xpath(f"{element('body.content')}/descendant::*[local-name()='p' or local-name()='hl2']")
    paragraphs = [" ".join("".join(each.itertext()).split()) for each in blocks]
    return {
        "doc_id": first(f"{element('doc-id')}/@id-string"),
        "uri": first(f"{element('pubdata')}/@ex-ref", "descendant::*[local-name()='meta' and @name='canonical']/@content"),
        "title": first(f"{element('hedline')}/*[local-name()='hl1']", element("hl1"), element("title")),
        "published": first(f"{element('date.issue')}/@norm", f"{element('date.release')}/@norm", f"{element('pubdata')}/@date.publication"),
        "source": first(f"{element('pubdata')}/@name", element("distributor"), f"{element('doc.copyright')}/@holder"),
        "language": article.get("{http://www.w3.org/XML/1998/namespace}lang"),
        "text": "\n\n".join(each for each in paragraphs if each),
    }
