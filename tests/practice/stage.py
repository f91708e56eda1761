"""A stage for practice sessions: real bank, grader and database; keys, clock and screen from the test."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rich.console import Console

from quiz.bank.store import Bank
from quiz.practice.database import Database
from quiz.practice.drafts import Drafts
from quiz.practice.examiner import Examiner
from quiz.practice.opening import Plan, queue_of
from quiz.practice.progress import Progress
from quiz.practice.screen import Screen
from quiz.practice.session import Limits, Session
from quiz.practice.supply import Supply, Wish
from quiz.practice.terminal import Terminal
from quiz.practice.world import World
from tests.practice.practice_samples import NOW

NO_LIMITS = Limits()


def nothing(stem: str) -> str:
    """An editor in which nothing is written."""
    return ""


def nowhere(url: str) -> bool:
    """A machine without a browser."""
    return False


class Interrupt:
    """Ctrl-C, where a line is expected."""


CTRL_C = Interrupt()


@dataclass
class Stage:
    """Plays what is typed, and keeps what was shown. Every look at the clock takes a `tick`."""

    bank: Bank
    progress: Progress
    now: datetime = NOW
    tick: timedelta = timedelta(seconds=1)
    width: int = 80
    interactive: bool = False
    editor: Callable[[str], str] = nothing
    plain: bool = False
    cram: bool = False
    drafts: Drafts | None = None
    new: int = 10
    browse: Callable[[str], bool] = nowhere
    shown: io.StringIO = field(default_factory=io.StringIO)

    def play(self, wish: Wish, *typed: str | Interrupt, limits: Limits = NO_LIMITS) -> Session:
        lines = iter(typed)

        def read(prompt: str) -> str:
            self.shown.write(prompt)
            line = next(lines, None)
            if line is None:
                raise EOFError
            if isinstance(line, Interrupt):
                raise KeyboardInterrupt
            return line

        def clock() -> datetime:
            self.now += self.tick
            return self.now

        supply = Supply(self.bank, self.progress, wish)
        world = World(read, self.editor, clock, UTC, self.interactive, self.browse)
        console = Console(file=self.shown, width=self.width, highlight=False, emoji=False, markup=False)
        screen = Screen(console, plain=self.plain)
        terminal = Terminal(
            screen,
            world,
            supply,
            self.progress,
            Examiner(self.bank),
            "seed",
            drafts=self.drafts,
            cram=self.cram,
        )
        plan = Plan(new=self.new, seed="seed", cram=self.cram)
        queue = queue_of(supply, plan, self.drafts, "seed", self.now)
        session = terminal.run(Session.begin(queue, limits, self.now))
        terminal.summarise(session)
        return session

    @property
    def screen(self) -> str:
        return self.shown.getvalue()


def answers(database: Database) -> list[str]:
    """The answers that were kept, in order."""
    if not database.ready:
        return []
    with database.read() as connection:
        return list(connection.exec_driver_sql("SELECT answer FROM review ORDER BY id").scalars())


def ratings(database: Database) -> list[tuple[int, int | None, bool]]:
    with database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT rating, suggested, judged_by_learner FROM review ORDER BY id"
        )
        return [(rating, suggested, bool(own)) for rating, suggested, own in rows]
