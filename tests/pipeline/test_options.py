from __future__ import annotations

import re

import pytest
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions, WorkerOptions

from pipeline.errors import UsageError
from pipeline.options import LOCAL_RUNNER, DatelineOptions, pipeline_options, runner_name, split_arguments, stated_workers


def options(*beam: str, workers: int | None = None) -> DatelineOptions:
    return DatelineOptions(inputs=("in",), store="S", workers=workers, beam=beam)


@pytest.mark.parametrize(
    ("arguments", "inputs", "beam"),
    [
        (["a", "b"], ["a", "b"], []),
        (["a", "--runner", "FlinkRunner", "b"], ["a", "b"], ["--runner", "FlinkRunner"]),
        (["--runner=FlinkRunner", "a"], ["a"], ["--runner=FlinkRunner"]),
        (["a", "--runner", "a"], ["a"], ["--runner", "a"]),
        (["--streaming", "a"], ["a"], ["--streaming"]),
        (
            ["a", "--direct_num_workers", "2", "--experiments", "x", "--experiments=y", "b"],
            ["a", "b"],
            ["--direct_num_workers", "2", "--experiments", "x", "--experiments=y"],
        ),
        ([], [], []),
    ],
)
def test_inputs_and_options_of_beam_are_told_apart(arguments: list[str], inputs: list[str], beam: list[str]) -> None:
    assert split_arguments(arguments) == (tuple(inputs), tuple(beam))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--runer", "x"], "did you mean --runner?"),
        (["--worker", "2"], "did you mean --workers?"),
        (["--direct_num_workers", "two"], "invalid int value: 'two'"),
        (["--runner"], "expected one argument"),
        (["-x"], "-x is an option neither of dateline nor of Beam"),
    ],
)
def test_unknown_and_wrong_options_are_told(arguments: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        split_arguments(["in", *arguments])


def test_every_option_of_beam_is_taken() -> None:
    names = PipelineOptions([]).get_all_options()
    assert len(names) > 100
    inputs, beam = split_arguments(["in", "--temp_location", "gs://b/t", "--max_num_workers", "3", "--sdk_container_image=i", "--flink_master", "[local]"])
    assert inputs == ("in",)
    made = pipeline_options(options(*beam, "--runner", "FlinkRunner"), workers=1).get_all_options()
    assert (made["temp_location"], made["max_num_workers"], made["flink_master"]) == ("gs://b/t", 3, "[local]")


@pytest.mark.parametrize(
    ("beam", "runner"),
    [
        ((), LOCAL_RUNNER),
        (("--runner", "DirectRunner"), LOCAL_RUNNER),
        (("--runner=PrismRunner",), "PrismRunner"),
        (("--runner", "FlinkRunner"), "FlinkRunner"),
    ],
)
def test_the_runner_is_the_local_one_unless_another_is_named(beam: tuple[str, ...], runner: str) -> None:
    assert runner_name(options(*beam)) == runner


@pytest.mark.parametrize(
    ("beam", "workers", "stated"), [((), None, None), ((), 3, 3), (("--direct_num_workers=2",), None, 2), (("--direct_num_workers=2",), 3, 2)]
)
def test_workers_as_stated(beam: tuple[str, ...], workers: int | None, stated: int | None) -> None:
    assert stated_workers(options(*beam, workers=workers)) == stated


def test_what_the_user_states_of_beam_holds() -> None:
    made = pipeline_options(options("--direct_num_workers", "3", "--default_sdk_harness_log_level", "DEBUG"), workers=3)
    assert made.view_as(DirectOptions).direct_num_workers == 3
    assert made.view_as(WorkerOptions).default_sdk_harness_log_level == "DEBUG"


def test_workers_are_one_or_more() -> None:
    with pytest.raises(UsageError, match="from 1 on"):
        options(workers=0)


def test_a_job_elsewhere_is_waited_for_beyond_beams_five_minutes() -> None:
    from apache_beam.options.pipeline_options import PortableOptions

    def seconds(*beam: str) -> int:
        found: int = pipeline_options(DatelineOptions(inputs=("a",), store="S", beam=beam), workers=1).view_as(PortableOptions).job_server_timeout
        return found

    assert seconds("--runner=PrismRunner") > 30 * 24 * 3600
    assert seconds("--runner=PrismRunner", "--job_server_timeout=60") == 60


def test_watching_needs_a_runner_that_streams() -> None:
    with pytest.raises(UsageError, match="PrismRunner would be right"):
        DatelineOptions(inputs=("a",), store="S", watch=True, beam=("--runner=FnApiRunner",))
    with pytest.raises(UsageError, match="without --watch"):
        DatelineOptions(inputs=("a",), store="S", watch=True, refresh=True)
    assert runner_name(DatelineOptions(inputs=("a",), store="S", watch=True)) == "PrismRunner"
