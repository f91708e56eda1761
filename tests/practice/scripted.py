"""Scripted sessions in processes that are cheap to start and may be killed at any moment.

One server process imports the engine once; each session is forked from it, so two hundred of them fit
into a test run. What a session shows goes to a file, which outlives it: what stands there was
acknowledged.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import sys
import time
import traceback
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from typer.main import get_command

from quiz.bank.build import build_bank
from quiz.cli.app import assembled

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 and fork are for POSIX systems")

_PRELOADED = (
    "alembic.command",
    "alembic.runtime.migration",
    "fsrs",
    "pytest",
    "quiz.practice.exchange",
    "quiz.practice.migrating",
    "quiz.practice.opening",
    "rapidfuzz.fuzz",
    "sqlalchemy.dialects.sqlite",
    "tests.practice.scripted",
)

_ECSQUIZ = get_command(assembled())


@dataclass(frozen=True, slots=True)
class Command:
    """An `ecsquiz` command, what is typed into it, the database it uses and where its words go."""

    arguments: tuple[str, ...]
    typed: str
    database: Path
    words: Path

    def shown(self) -> str:
        """All that it showed."""
        return self.words.read_text(encoding="utf-8") if self.words.exists() else ""


def together(*commands: Command) -> None:
    """Run all of them at the same time, to their end."""
    processes = [_started(command) for command in commands]
    for process, command in zip(processes, commands, strict=True):
        process.join()
        assert process.exitcode == 0, command.shown()


def finished(command: Command) -> float:
    """Run the command to its end; how many seconds it took."""
    start = time.perf_counter()
    process = _started(command)
    process.join()
    taken = time.perf_counter() - start
    assert process.exitcode == 0, command.shown()
    return taken


class Executioner:
    """Kills commands that take about as long as each other, at random moments of their time."""

    def __init__(self, chance: random.Random, usual: float) -> None:
        self._chance = chance
        self._usual = usual

    def kills(self, command: Command) -> bool:
        """Run the command and kill it; whether it was still running."""
        process = _started(command)
        process.join(self._chance.uniform(0, self._usual))
        running = process.exitcode is None
        process.kill()
        process.join()
        assert running or process.exitcode == 0, command.shown()
        # The machine may be busier or idler than a moment ago: so about one in six runs to its end.
        self._usual *= 1.03 if running else 0.85
        return running


def _started(command: Command) -> multiprocessing.process.BaseProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    process = context.Process(target=_play, args=(command,))
    process.start()
    return process


def _play(command: Command) -> None:
    """In the forked process: be the command."""
    typed = command.words.with_suffix(".typed")
    typed.write_text(command.typed, encoding="utf-8")
    with typed.open(encoding="utf-8") as sys.stdin, command.words.open("w", encoding="utf-8") as words:
        sys.stdout = sys.stderr = words
        os.environ["ECSQUIZ_DATABASE_URL"] = f"sqlite:///{command.database}"
        try:
            _ECSQUIZ(command.arguments, prog_name="ecsquiz")
        except Exception:
            # Python would write it after the file is closed, and nobody would ever read it.
            traceback.print_exc()
            raise


ANSWER: Final = "answer"
UNDO: Final = "undo"
SKIP: Final = "skip"
ASIDE: Final = "aside"
TOLD: Final = r"Saved as|Set aside\.|Undone\."
"""What a session says when it has kept something, or taken it back."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the learner does. Each answer of a script is worded differently."""

    what: str
    text: str = ""
    rating: int = 3

    @property
    def typed(self) -> str:
        if self.what == ANSWER:
            return f"{self.text}\n\n{self.rating}\n"
        return {UNDO: "u\n", SKIP: "s\n", ASIDE: "z\n"}[self.what]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a database keeps of a learner: the answers, oldest first, and how many items are set aside."""

    answers: tuple[str, ...] = ()
    aside: int = 0


def script(chance: random.Random, name: str, steps: int) -> list[Step]:
    """A session by chance: mostly answers; some items are skipped or set aside; some steps are undone."""
    kinds = chance.choices((ANSWER, UNDO, SKIP, ASIDE), (65, 22, 5, 8), k=steps)
    return [Step(what, f"{name} says {number}", chance.randint(1, 4)) for number, what in enumerate(kinds)]


def states(steps: list[Step]) -> list[Kept]:
    """What is kept at the beginning and after each step that the session tells of; see `TOLD`."""
    found = [Kept()]
    before: list[Kept] = []
    for step in steps:
        now = found[-1]
        if step.what == UNDO:
            if before:
                found.append(before.pop())
            continue
        before.append(now)
        if step.what == ANSWER:
            found.append(Kept((*now.answers, step.text), now.aside))
        elif step.what == ASIDE:
            found.append(Kept(now.answers, now.aside + 1))
    return found


QUESTION = """---
number: {number}
level: basics
topics: [roles]
---
# What is thing number {number}?

## Short answer
It is the thing with the number {number}.
"""


def bank_of_many(folder: Path) -> Path:
    for number in range(10, 50):
        (folder / "basics" / f"{number}-thing.md").write_text(QUESTION.format(number=number))
    build_bank(folder, folder / "bank.sqlite")
    return folder / "bank.sqlite"


def kept(database: Path) -> dict[str, Kept]:
    """What the database keeps of each learner who has anything in it."""
    with closing(sqlite3.connect(database)) as connection:

        def rows(table: str, query: str) -> list[tuple[str, Any]]:
            known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchall()
            return connection.execute(query).fetchall() if known else []

        found: dict[str, Kept] = {}
        query = "SELECT name, answer FROM review JOIN learner ON learner.id = learner_id ORDER BY review.id"
        for name, answer in rows("review", query):
            found[name] = Kept((*found.get(name, Kept()).answers, answer))
        query = "SELECT name, count(*) FROM suspension JOIN learner ON learner.id = learner_id GROUP BY name"
        for name, aside in rows("suspension", query):
            found[name] = Kept(found.get(name, Kept()).answers, aside)
        return found
