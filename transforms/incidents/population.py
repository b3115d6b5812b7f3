"""The reports of one event type as clustering holds them: what is equal is held once, ids are numbers."""

from __future__ import annotations

import array
import dataclasses
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from transforms.incidents.blocking import Keys, block_keys, process_key
from transforms.incidents.reports import Features, Report
from transforms.incidents.rules import IncidentRules


@dataclasses.dataclass(frozen=True, slots=True)
class Population:
    """Reports, by number, in the order in which they were given.

    Attributes:
        features: What is different among their features, in the order of the first report of each.
        alike: The position in `features` of each report's.
        documents: The number of each report's document; numbers count from 0 in the order of the first report of each.
        keys: The block keys of each report.
        processes: What reports of one process share -> those that are told as it, ascending.
    """

    features: list[Features]
    alike: array.array[int]
    documents: array.array[int]
    keys: Keys
    processes: dict[str, array.array[int]]

    def groups(self) -> Iterator[tuple[Features, Sequence[int]]]:
        """The reports that have equal features, ascending, in the order of `features`."""
        order = np.argsort(np.frombuffer(self.alike, np.int32), kind="stable") if self.alike else np.empty(0, np.int64)
        ends = np.cumsum(np.bincount(np.frombuffer(self.alike, np.int32))) if self.alike else np.empty(0, np.int64)
        start = 0
        for features, end in zip(self.features, ends.tolist(), strict=True):
            yield features, tuple(order[start:end].tolist())
            start = end


def gather(reports: Iterable[Report], rules: IncidentRules) -> Population:
    """Takes in reports of one type; no more than one is there as a `Report` at a time."""
    numbers: dict[Features, int] = {}
    documents: dict[str, int] = {}
    found = Population([], array.array("i"), array.array("i"), Keys.empty(), {})
    for index, report in enumerate(reports):
        number = numbers.setdefault(report.features, len(numbers))
        if number == len(found.features):
            found.features.append(report.features)
        found.alike.append(number)
        found.documents.append(documents.setdefault(report.doc_id, len(documents)))
        told = process_key(report, rules)
        found.keys.add(block_keys(report, told, rules))
        if told is not None:
            found.processes.setdefault(told, array.array("i")).append(index)
    return found
