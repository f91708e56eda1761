"""How long `bank check` takes over the whole bank, as a command of its own with nothing kept from before."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.benchmarks.measure import Measurement, alternate, process


def measure(rounds: int = 3) -> Iterator[Measurement]:
    (taken,) = alternate(rounds, process([sys.executable, "-m", "quiz", "bank", "check"]))
    yield Measurement("`ecsquiz bank check`", taken, limit=10.0)
