"""Measuring beside a floor: both in the same run, so that the ratio means the same on any machine."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Measurement:
    """One budget: what the work takes and what its floor takes, and how many floors the work may take.

    With a `limit` the budget is absolute, and a floor only stands beside it. All are in `unit`: seconds
    or bytes.
    """

    name: str
    taken: float
    floor_name: str = ""
    floor: float = 0.0
    budget: float = 0.0
    limit: float = 0.0
    unit: Literal["s", "B"] = "s"

    @property
    def ratio(self) -> float | None:
        """To the floor; None where there is none."""
        return self.taken / self.floor if self.floor else None

    @property
    def kept(self) -> bool:
        return self.taken <= (self.limit or self.budget * self.floor)


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
