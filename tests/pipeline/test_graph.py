from __future__ import annotations

import base64
import bz2
import contextlib
import datetime
import getpass
import json
import pathlib
import re
import tempfile
import zlib
from collections.abc import Iterator
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.pipeline import AppliedPTransform, PipelineVisitor
from apache_beam.portability.api import beam_runner_api_pb2

from pipeline.graph import RunFacts, build
from pipeline.main import main
from pipeline.options import DatelineOptions, Topic
from pipeline.plan import make_plan
from pipeline.run import build_pipeline
from tests.pipeline import bucket
from tests.pipeline.articles import AID, MEETING, STRIKE, article, write_articles

ROOT = pathlib.Path(__file__).parents[2]
# Updating a Dataflow job and resuming from a savepoint of Flink match steps by these labels: one that changes is a change for users.
BATCH = """
CountDocuments
CountRejects
Counts
ExtractEvents
ExtractEvents/Extract
Inputs
ReadDocuments
ReadDocuments/Match
ReadDocuments/Read
ReadDocuments/Rejects
ReadDocuments/Spread
Rejects
SkipKnown
SkipKnown/SplitKnown
WriteStore
WriteStore/BlockMentions
WriteStore/BlockMentions/BlockKeys
WriteStore/GatherRecords
WriteStore/PublishStaged
WriteStore/PublishStaged/ClusterShards
WriteStore/PublishStaged/ClusterShards/ScorePairs
WriteStore/PublishStaged/ClusterShards/Spread
WriteStore/PublishStaged/FinishRun
WriteStore/PublishStaged/GroupByRun
WriteStore/PublishStaged/GroupShardsByRun
WriteStore/PublishStaged/KeyByRun
WriteStore/PublishStaged/PrepareRun
WriteStore/StageExtractions
WriteStore/StageRejects
WriteStore/Start
WriteStore/TotalRead
"""
WATCHING = """
WriteStore/Canonical
WatchInputs
WatchInputs/Path
WatchInputs/Together
WatchInputs/Watch
WatchInputs/Window
"""
LISTENING = """
ReadTopic
ReadTopic/JoinSpans
ReadTopic/Listen
ReadTopic/NameSpans
ReadTopic/Read
ReadTopic/Spans
ReadTopic/Topic
ReadTopic/Window
WriteStore/Canonical
"""
STREAMING: dict[str, Any] = {"watch": True, "beam": ("--runner=PrismRunner",)}
TOPIC: dict[str, Any] = STREAMING | {"inputs": (), "topic": Topic("broker:9092", "news")}


def graph(**options: Any) -> beam.Pipeline:
    """The graph of a run between buckets."""
    pipeline = beam.Pipeline("FnApiRunner", options=PipelineOptions([]))
    asked = DatelineOptions(**{"inputs": ("bucket://news/*.jsonl",), "store": "bucket://stores/one"} | options)
    started = datetime.datetime(2025, 3, 12, tzinfo=datetime.UTC).isoformat()
    facts = RunFacts(run_id="r", started=started, runner="DataflowRunner", model="m", version="v", chunk_bytes=1 << 20, stop="bucket://stores/one/stop")
    build(pipeline, asked, facts)
    return pipeline


class _Labels(PipelineVisitor):
    """The labels of the steps that are ours, and of those that our steps consist of; what Beam's own consist of is Beam's."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def enter_composite_transform(self, transform_node: AppliedPTransform) -> None:
        self.visit_transform(transform_node)

    def visit_transform(self, transform_node: AppliedPTransform) -> None:
        parent = transform_node.parent
        ours = parent is not None and (parent.transform is None or type(parent.transform).__module__.split(".")[0] in ("transforms", "pipeline"))
        if ours and transform_node.full_label:
            self.found.add(transform_node.full_label)


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ({}, BATCH.split()),
        (STREAMING, (BATCH + WATCHING).split()),
        (TOPIC, [each for each in (BATCH + LISTENING).split() if not each.startswith(("Inputs", "ReadDocuments"))]),
    ],
)
def test_labels_are_kept(options: dict[str, Any], labels: list[str]) -> None:
    visitor = _Labels()
    graph(**options).visit(visitor)
    assert sorted(visitor.found) == sorted(label for label in labels if not (options and label == "WriteStore/Start"))


def payloads(message: Any) -> Iterator[bytes]:
    """All strings and bytes of a graph; what Beam has pickled also as it was before it was compressed."""
    for field, value in message.ListFields():
        values = value.values() if hasattr(value, "values") else value if field.is_repeated else [value]
        for each in values:
            if hasattr(each, "ListFields"):
                yield from payloads(each)
            elif isinstance(each, str | bytes):
                raw = each.encode() if isinstance(each, str) else each
                yield raw
                for found in re.findall(rb"[A-Za-z0-9+/]{40,}={0,2}", raw):
                    for decompress in (bz2.decompress, zlib.decompress):
                        with contextlib.suppress(ValueError, OSError, zlib.error):
                            yield decompress(base64.b64decode(found))


@pytest.mark.parametrize("options", [{}, STREAMING, TOPIC])
def test_a_graph_names_nothing_of_this_machine(options: dict[str, Any]) -> None:
    environment = beam.transforms.environments.DockerEnvironment("image")
    exported = graph(**options).to_runner_api(default_environment=environment)
    assert beam_runner_api_pb2.Pipeline.FromString(exported.SerializeToString()) == exported
    text = b"\n".join(payloads(exported))
    assert b"bucket://stores/one" in text
    assert b"_SplitKnown" in text, "the pickles are looked into"
    # Beam's own lambdas carry the file that they stand in, and that may lie in an environment below this folder.
    installed = pathlib.Path(beam.__file__).parents[1]
    text = text.replace(str(installed).encode(), b"site-packages")
    for path in (str(ROOT), str(pathlib.Path.home()), tempfile.gettempdir() + "/", f"/{getpass.getuser()}/"):
        assert path.encode() not in text


def test_a_run_between_buckets(capsys: pytest.CaptureFixture[str]) -> None:
    bucket.OBJECTS.clear()
    lines = [article("one", MEETING), article("two", STRIKE), article("three", f"{AID} {STRIKE}")]
    bucket.OBJECTS["bucket://news/a.jsonl"] = "\n".join(json.dumps(each) if not isinstance(each, str) else each for each in lines).encode()
    arguments = ["run", "bucket://news/*.jsonl", "--store", "bucket://stores/one"]
    assert main([*arguments, "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert (first["read"], first["added"], first["event_count"]) == (3, 3, 4)
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 3
    assert not [each for each in bucket.OBJECTS if "/staging/" in each or "claim" in each]
    assert main(["sql", "--store", "bucket://stores/one", "--format", "csv", "SELECT count(*) AS n FROM events"]) == 0
    assert capsys.readouterr().out.split() == ["n", "4"]


def test_a_notebook_changes_no_label(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an IPython kernel Beam puts the cell's number before labels, for which it imports what fails beside pandas 3."""
    monkeypatch.setattr("apache_beam.utils.interactive_utils.is_in_ipython", lambda: True)
    plan = make_plan(DatelineOptions(inputs=(write_articles(tmp_path / "in.jsonl", article("a", MEETING)),), store=str(tmp_path / "S"), workers=1))
    built = _Labels()
    build_pipeline(plan, "run", datetime.datetime(2025, 4, 1, tzinfo=datetime.UTC)).visit(built)
    assert built.found
    assert not any(label.startswith("[") for label in built.found)
