"""Whether a session's memory stays flat: ten thousand answers in one process, beside the first thousand."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from rich.console import Console
from sqlalchemy import URL

from quiz.bank.locate import open_bank
from quiz.practice.database import Database
from quiz.practice.examiner import Examiner
from quiz.practice.opening import Plan, queue_of
from quiz.practice.progress import Progress
from quiz.practice.screen import Screen
from quiz.practice.session import Limits, Session
from quiz.practice.supply import Supply, Wish
from quiz.practice.terminal import Terminal
from quiz.practice.world import World
from tests.benchmarks.measure import Measurement

FIRST = 1_000
ANSWERS = 10_000
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TICK = timedelta(seconds=5)


def measure() -> Iterator[Measurement]:
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    first, all_of_them = map(float, done.stdout.split())
    yield Measurement(
        f"memory of a session after {ANSWERS:,} answers",
        all_of_them,
        f"the same after {FIRST:,}",
        first,
        1.1,
        unit="B",
    )


class Learner:
    """Types whatever is asked for, and looks at the memory on the way. The clock goes on at every look."""

    def __init__(self) -> None:
        self.now = START
        self.rated = 0
        self.after_first = 0
        self._chance = Random(1)
        self._asked_before = False

    def clock(self) -> datetime:
        self.now += TICK
        return self.now

    def read(self, prompt: str) -> str:
        if prompt.startswith("Rating"):
            self.rated += 1
            if self.rated == FIRST:
                self.after_first = peak_memory()
            self._asked_before = False
            return str(self._chance.choices((1, 2, 3, 4), (5, 1, 3, 1))[0])
        if not prompt.startswith("Answer"):
            return ""
        # Words are no answer to a choice: asked again, the learner gives up.
        self._asked_before = not self._asked_before
        return f"the execution role pulls the image {self.rated}" if self._asked_before else ""


def peak_memory() -> int:
    """The most bytes that this process has ever had in memory."""
    status = Path("/proc/self/status")
    if status.exists():  # elsewhere the figure may include that of the parent process
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def play(folder: Path) -> tuple[int, int]:
    """One session over the whole bank; the peak memory after the first answers and after all."""
    learner = Learner()
    url = URL.create("sqlite", database=str(folder / "progress.sqlite"))
    world = World(learner.read, lambda _stem: "", learner.clock, UTC, interactive=True)
    with open_bank() as bank, Database.open(url, START) as database, Path(os.devnull).open("w") as nowhere:
        progress = Progress(database, "bench", bank.version)
        supply = Supply(bank, progress, Wish())
        queue = queue_of(supply, Plan(new=ANSWERS), None, "seed", START)
        screen = Screen(Console(file=nowhere, width=80), plain=True)
        terminal = Terminal(screen, world, supply, progress, Examiner(bank), "seed")
        session = terminal.run(Session.begin(queue, Limits(ANSWERS), START))
    if session.tally.reviewed < ANSWERS:
        raise RuntimeError(f"the session ended after {session.tally.reviewed} answers")
    return learner.after_first, peak_memory()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        print(*play(Path(home)))
