"""What a run is asked to do: dateline's own options, and beside them every option of Beam."""

from __future__ import annotations

import argparse
import dataclasses
import difflib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from pipeline.errors import UsageError
from transforms.language.installed import DEFAULT_MODEL

if TYPE_CHECKING:
    from apache_beam.options.pipeline_options import PipelineOptions

LOCAL_RUNNER = "FnApiRunner"
_OWN = (
    "--store", "--workers", "--published", "--field", "--id-prefix", "--model", "--refresh", "--dry-run", "--no-gate", "--quiet", "--json", "--log-format",
    "--verbose", "--watch", "--every", "--kafka", "--topic",
)  # fmt: skip
STREAMING_RUNNER = "PrismRunner"
_JOB_SECONDS = 365 * 24 * 3600
# Runners whose workers are this process unless Beam's `--environment_type` says otherwise.
_LOOPBACK = frozenset({"PrismRunner", "FlinkRunner"})
# Names under which Beam would choose among local runners by what it can download; dateline always takes the one above.
_SWITCHING = frozenset({"DirectRunner", "SwitchingDirectRunner", "apache_beam.runners.direct.direct_runner.DirectRunner", "direct", "directrunner"})


class Topic(NamedTuple):
    """A topic of Kafka: `HOST:PORT` of a broker (several with commas between), and the topic's name."""

    bootstrap: str
    name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class DatelineOptions:
    """The options of `dateline run`."""

    inputs: tuple[str, ...]
    """Files, folders, globs, URLs of Beam file systems."""
    store: str
    """Path or Beam file system URL of the store."""
    workers: int | None = None
    """Workers on this machine; None for one a core, or one in all where the input is small."""
    published: str | None = None
    """The time of publication of documents that state none."""
    fields: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """For a field of a document the name that it has in the input."""
    id_prefix: str = ""
    """What is set before every document's id."""
    model: str = DEFAULT_MODEL
    """A spaCy pipeline by name or path."""
    refresh: bool = False
    """Extract again from documents that another version, model or seeds have made."""
    gate: bool = True
    """Parse only sentences that hold a trigger's word."""
    watch: bool = False
    """Go on and read documents as they arrive in the inputs, or in a topic."""
    every: float = 30.0
    """With `watch`, what arrives within this many seconds is published together."""
    topic: Topic | None = None
    """Watched in place of inputs."""
    beam: tuple[str, ...] = ()
    """Options of Beam, as on a command line."""

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 1:
            raise UsageError(f"--workers {self.workers}: a number from 1 on would be right")
        if self.every < 1:
            raise UsageError(f"--every {self.every:g}: 1 second or more would be right")
        if self.topic is not None and self.inputs:
            raise UsageError(f"{self.inputs[0]} is given beside --kafka: either inputs or a topic would be right")
        if self.watch and self.refresh:
            raise UsageError("--refresh is for a run that ends: without --watch would be right, before or after it")
        if self.watch and runner_name(self) == LOCAL_RUNNER:
            raise UsageError("--watch needs a runner that streams, which Beam's local runner does not: --runner PrismRunner would be right")


class _Parser(argparse.ArgumentParser):
    """Beam's options in one parser that raises and never exits."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; `dateline run --help` shows dateline's own options, Beam's documentation the others")

    def add_value_provider_argument(self, *names: str, **settings: Any) -> None:
        """What Beam's own parser adds to argparse; the values are not needed here."""
        settings.pop("choices", None)
        self.add_argument(*names, **settings)


def _beam_parser() -> _Parser:
    from apache_beam.options.pipeline_options import PipelineOptions  # the command line must come up without Beam

    parser = _Parser(allow_abbrev=False, add_help=False, conflict_handler="resolve")
    for each in dict.fromkeys(PipelineOptions.__subclasses__()):
        if each.__module__.startswith("apache_beam."):
            each._add_argparse_args(parser)  # noqa: SLF001 - Beam's own way to collect its options
    return parser


def split_arguments(arguments: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Splits what dateline's own options leave over into inputs and options of Beam.

    Args:
        arguments: `("news.jsonl", "--runner", "FlinkRunner", "more/")`

    Returns:
        Inputs, and options of Beam with their values: `(("news.jsonl", "more/"), ("--runner", "FlinkRunner"))`.

    Raises:
        UsageError: An option is none of Beam's, or lacks its value.
    """
    if not any(_is_option(each) for each in arguments):
        return tuple(arguments), ()
    parser = _beam_parser()
    actions = parser._option_string_actions  # noqa: SLF001 - argparse has no public list
    inputs, options = [], []
    left = list(arguments)
    while left:
        each = left.pop(0)
        if not _is_option(each):
            inputs.append(each)
            continue
        name, stated, _ = each.partition("=")
        if name not in actions:
            raise UsageError(_explained(name, list(actions)))
        options.append(each)
        if not stated and actions[name].nargs != 0 and left:
            options.append(left.pop(0))
    parser.parse_args(options)
    return tuple(inputs), tuple(options)


def _is_option(argument: str) -> bool:
    return argument.startswith("-") and argument != "-"


def _explained(name: str, of_beam: list[str]) -> str:
    near = difflib.get_close_matches(name, [*_OWN, *of_beam], n=1)
    hint = f"did you mean {near[0]}?" if near else "`dateline run --help` shows dateline's options, Beam's documentation the others"
    return f"{name} is an option neither of dateline nor of Beam: {hint}"


def pipeline_options(options: DatelineOptions, *, workers: int, verbose: bool = False) -> PipelineOptions:
    """Beam's options for a run.

    Args:
        options: The run's options; what they state of Beam's holds before what follows from `workers`.
        workers: Worker processes on this machine.
        verbose: Keep what Beam logs.
    """
    from apache_beam.options.pipeline_options import PipelineOptions

    flags = list(options.beam)
    stated = {each.split("=", 1)[0] for each in flags}
    if runner_name(options) == LOCAL_RUNNER:
        defaults = {"--direct_num_workers": str(workers)} | ({} if verbose else {"--default_sdk_harness_log_level": "ERROR"})
        flags += [f"{name}={value}" for name, value in defaults.items() if name not in stated]
    elif "--job_server_timeout" not in stated:
        # Beam also ends its wait for a job after this time, which is five minutes where nothing is said.
        flags.append(f"--job_server_timeout={_JOB_SECONDS}")
    if options.watch and "--streaming" not in stated:
        flags.append("--streaming")
    return PipelineOptions(flags)


def runner_name(options: DatelineOptions) -> str:
    """The runner: the local one unless Beam's `--runner` names another.

    Beam's switching direct runner counts as the local one, so that runs do not differ by what the network gives.
    """
    name = _stated(options, "--runner") or (STREAMING_RUNNER if options.watch else LOCAL_RUNNER)
    return LOCAL_RUNNER if name in _SWITCHING else name


def job_endpoint(options: DatelineOptions) -> str | None:
    """Host and port of the job server that the command line names, None where it names none."""
    return _stated(options, "--job_endpoint")


def works_here(options: DatelineOptions) -> bool:
    """Whether the workers are on this machine, so that they can say how far they are."""
    environment = _stated(options, "--environment_type")
    if environment is not None:
        return environment == "LOOPBACK"
    master = _stated(options, "--flink_master") or "[auto]"
    return runner_name(options) == LOCAL_RUNNER or (runner_name(options) in _LOOPBACK and master.startswith("["))


def stated_workers(options: DatelineOptions) -> int | None:
    """The number of workers that the command line states, in dateline's or in Beam's words."""
    of_beam = _stated(options, "--direct_num_workers")
    return int(of_beam) if of_beam is not None else options.workers


def _stated(options: DatelineOptions, name: str) -> str | None:
    parser = argparse.ArgumentParser(allow_abbrev=False, add_help=False)
    parser.add_argument(name, dest="value")
    value = parser.parse_known_args(list(options.beam))[0].value
    return None if value is None else str(value)
