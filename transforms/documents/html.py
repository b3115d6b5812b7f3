"""HTML: the article of a page with its metadata, and markup fragments as text."""

from __future__ import annotations

import logging
import re
from typing import Any

import lxml.etree
import lxml.html

from transforms.documents.encoding import declared_encoding, decode
from transforms.documents.records import ContentError, RawRecord, clean
from transforms.documents.times import parse_time

# What trafilatura logs about bad pages is said by the reject.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_BLOCKS = frozenset(
    (
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "article",
        "section",
        "header",
        "footer",
        "table",
        "tr",
        "pre",
        "figure",
        "hr",
    )
)
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='pubdate' or @name='publishdate' or @name='parsely-pub-date' or @name='dc.date.issued' or @name='DC.date.issued']/@content",
)
_JSON_LD_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,40})"')
_MARKUP = re.compile(r"\s*<(?:!doctype|html|body|p|div|article|section|span|h[1-6]|figure|ul|ol|blockquote|strong|em|b|i|a|br)\b[^>]*>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" *\n *")
_MANY_BREAKS = re.compile(r"\n{3,}")


def read_html(data: bytes, *, url: str | None = None, charset: str | None = None, record: str | None = None) -> RawRecord:
    """The article of a page.

    Args:
        data: The page.
        url: Where it was fetched from, if that is known.
        charset: The encoding that an HTTP header declares.
        record: Its place, for the record that is returned.

    Raises:
        ContentError: It is not in its encoding, or holds no article text.
    """
    page = clean(decode(data, charset or declared_encoding(data, html=True)))
    # lxml refuses a string that declares an encoding, and an empty one.
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    if not page.strip():
        raise ContentError("the page is empty")
    import trafilatura  # slow to load, and most input is no page

    try:
        root = lxml.html.document_fromstring(page)
        found: Any = trafilatura.bare_extraction(page, url=url, with_metadata=True, include_comments=False, include_tables=False)
    except Exception as error:  # any failure of the two libraries on a hostile page is the page's
        raise ContentError(f"the page cannot be parsed: {type(error).__name__}: {error}") from error
    text = (found.text if found is not None else None) or ""
    if not text.strip():
        raise ContentError("no article text is found in the page")
    title = found.title
    if title and text.startswith(f"{title}\n"):
        text = text[len(title) + 1 :]
    values = {
        "title": title,
        "published": _stated_time(root, page) or found.date,
        "source": found.sitename or found.hostname,
        "uri": url or found.url,
        "language": root.get("lang") or found.language,
        "text": text,
    }
    return RawRecord(record, values, inferred=True)


def _stated_time(root: Any, page: str) -> str | None:
    """The time that the page states with an offset; trafilatura gives the day alone."""
    candidates: list[str] = [str(value) for path in _PUBLISHED for value in root.xpath(path)] + _JSON_LD_PUBLISHED.findall(page)
    for value in candidates:
        try:
            parse_time(value)
        except ValueError:
            continue
        return value
    return None


# XML holds none of these, and lxml refuses to set a text with one.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.IGNORECASE)


def is_markup(text: str) -> bool:
    """Whether a field that should hold text holds an HTML fragment."""
    return _MARKUP.match(text) is not None


def html_to_text(markup: str) -> str:
    """An HTML fragment as text: blocks become paragraphs, scripts and styles are dropped, entities become characters."""
    try:
        root = _parsed(_CONTROLS.sub(" ", clean(markup)).replace("\ufffd", " "))
    except (lxml.etree.LxmlError, ValueError):
        return re.sub(r"<[^>]*>", " ", markup).strip()
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript", "template"):
            if element is not root and element.getparent() is not None:
                element.drop_tree()
        elif element.tag == "br":
            element.tail = "\n" + (element.tail or "")
        elif element.tag in _BLOCKS:
            element.text = "\n\n" + (element.text or "")
            element.tail = "\n\n" + (element.tail or "")
    text = _SPACES.sub(" ", str(root.text_content()))
    return _MANY_BREAKS.sub("\n\n", _BREAKS.sub("\n", text)).strip()


def _parsed(markup: str) -> lxml.html.HtmlElement:
    try:
        return lxml.html.fragment_fromstring(markup, create_parent="div")
    except AssertionError:
        # A fragment with two bodies; a document may have them.
        return lxml.html.document_fromstring(markup)
