"""Pages that the tests of HTML, WARC and the transform read."""

from __future__ import annotations

PARAGRAPHS = (
    "OSLO (Example) – The foreign ministers of Norway and Sweden met on Thursday in Oslo to discuss aid to Ukraine, officials said.",
    "They will meet again next week, when a new package of support is to be approved by parliament after a long debate.",
)


def page(title: str = "Ministers meet in Oslo", head: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f'<html lang="en-GB"><head><title>{title}</title><meta property="og:site_name" content="Example Post"/>'
        f'<link rel="canonical" href="https://example.org/oslo"/>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>{body}<script>alert(1)</script></article></body></html>"
    )
