"""The fuzz targets by Hypothesis. `DATELINE_FUZZ=20000` gives that many cases to each target, fewer to a slow one; by default there are a few."""

from __future__ import annotations

import gzip
import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.targets import NAMES, SLOW, TARGETS
from tests.pipeline.articles import AID, MEETING, STRIKE

CASES = int(os.environ.get("DATELINE_FUZZ", "60"))
ARTICLE = json.dumps({"id": "a", "text": MEETING, "published": "2025-03-12", "url": "https://example.org/a"}).encode()
SEEDS = [
    ARTICLE,
    b"[" + ARTICLE + b"]",
    b"id,text,published\n1,\"" + MEETING.encode() + b"\",2025-03-12\n",
    MEETING.encode(),
    STRIKE.encode(),
    AID.encode(),
    b"<html><body><article><p>" + MEETING.encode() + b"</p></article></body></html>",
    b"<rss><channel><item><title>T</title><description>" + MEETING.encode() + b"</description></item></channel></rss>",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 20\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n",
    gzip.compress(ARTICLE),
    b"2025-03-12T10:00:00+02:00",
    b"Wed, 12 Mar 2025 10:00:00 GMT",
    b"EXPLAIN ANALYZE COPY (SELECT 1) TO 'x'",
    b"WITH a AS (SELECT 1) SELECT * FROM a; DROP VIEW a",
]  # fmt: skip


PIECES = [
    b"",
    b"\0",
    b"\xff\xfe",
    b'"',
    b"\n",
    b"{",
    b"<!ENTITY",
    b" 30 February ",
    b" $1,000,000,000,000 billion ",
    " – €0.5 ".encode(),
    b" between 7 and 3 killed ",
    b" will not ",
    b", ",
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Something whole, of which pieces are cut out, doubled or overwritten."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.integers(0, 12))
        twice = bytes(data[start : start + length]) * 2
        piece = draw(st.one_of(st.binary(max_size=12), st.just(twice), st.sampled_from(PIECES)))
        data[start : start + length] = piece
    return bytes([draw(st.integers(0, len(NAMES) - 1))]) + bytes(data)


@pytest.mark.parametrize("target", TARGETS)
def test_no_input_breaks(target: str) -> None:
    @settings(max_examples=max(1, CASES // SLOW.get(target, 1)), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.one_of(damaged(), st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))))
    def run(data: bytes) -> None:
        TARGETS[target](data)

    run()
