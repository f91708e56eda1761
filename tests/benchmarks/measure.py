"""Measuring beside a floor: both in the same run, so that the ratio means the same on any machine."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """One budget: seconds of the work and of its floor, and how many floors the work may take.

    A `limit` in seconds takes the place of a floor where the budget is absolute.
    """

    name: str
    seconds: float
    floor_name: str = ""
    floor_seconds: float = 0.0
    budget: float = 0.0
    limit: float = 0.0

    @property
    def ratio(self) -> float:
        return self.seconds / self.floor_seconds if self.floor_seconds else self.seconds / self.limit

    @property
    def kept(self) -> bool:
        return self.ratio <= (self.budget if self.floor_seconds else 1.0)


def alternate(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Median seconds of each work. They take turns, so that a busy moment of the machine hits all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for taken, work in zip(times, works, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def process(command: Sequence[str]) -> Callable[[], object]:
    """A work that runs a command to its end and demands that it succeeds."""
    return lambda: subprocess.run(command, check=True, capture_output=True)
