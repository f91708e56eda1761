"""Opening a practice session on this machine: its bank, its database, its clock and its terminal."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from quiz.bank.locate import open_bank
from quiz.errors import UserError
from quiz.practice.database import Database, database_url
from quiz.practice.durations import moment
from quiz.practice.editor import write_answer
from quiz.practice.examiner import Examiner
from quiz.practice.following import Reattached
from quiz.practice.progress import Progress
from quiz.practice.queue import Queue
from quiz.practice.screen import Screen
from quiz.practice.session import Limits, Session
from quiz.practice.supply import Supply, Wish, bank_slug
from quiz.practice.terminal import Terminal, World


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to practise, and for whom. Without a seed, chance decides."""

    new: int = 10
    limit: int | None = None
    minutes: float | None = None
    learner: str = "me"
    seed: str | None = None


def practise(place: Path | None, wish: Wish, plan: Plan) -> None:
    """Play one session on standard input and output. Raises UserError."""
    world = world_here()
    screen = Screen(console_here())
    with open_bank(place) as bank, Database.open(database_url(os.environ), world.clock()) as database:
        progress = Progress(database, bank_slug(bank), bank.version, plan.learner)
        _tell(screen, progress.follow(bank.items))
        supply = Supply(bank, progress, wish)
        seed = plan.seed or secrets.token_hex(4)
        now = world.clock()
        queue = Queue(tuple(supply.due(now)), tuple(supply.new(plan.new, seed)))
        if not queue:
            _nothing(screen, supply, progress, world, plan)
            return
        screen.welcome(bank.spec.title, progress.count_due(now, supply.scope), len(queue.new))
        terminal = Terminal(screen, world, supply, progress, Examiner(bank), seed)
        until = now + timedelta(minutes=plan.minutes) if plan.minutes is not None else None
        terminal.summarise(terminal.run(Session.begin(queue, Limits(plan.limit, until), now)))


def console_here() -> Console:
    # A terminal that cannot show a character shows a question mark, rather than ending the session.
    with suppress(AttributeError):
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    return Console(highlight=False, emoji=False, markup=False)


def world_here() -> World:
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if interactive:
        with suppress(ImportError):
            import readline  # noqa: F401 - lets `input` edit lines and take in pasted paragraphs whole
    return World(
        read=input,
        write_answer=lambda stem: write_answer(stem, os.environ),
        clock=lambda: datetime.now(UTC),
        zone=datetime.now().astimezone().tzinfo or UTC,
        interactive=interactive,
    )


def _tell(screen: Screen, reattached: Reattached) -> None:
    """Say what became of histories when the bank changed."""
    if moved := len(reattached.moves):
        screen.note(f"The bank has changed: the history of {moved} items followed them to a new name.")
    if lost := len(reattached.orphans):
        screen.note(f"{lost} items that you have practised are no longer in the bank; their history is kept.")


def _nothing(screen: Screen, supply: Supply, progress: Progress, world: World, plan: Plan) -> None:
    """Say why there is nothing to do, and when there will be."""
    if supply.is_empty:
        raise UserError("the bank has no items that fit.", "Ask for less, or see: ecsquiz list")
    screen.note("Nothing is due.", "bold")
    due = progress.next_due(supply.scope)
    if due:
        screen.note(f"The next is due {moment(due, world.clock(), world.zone)}.")
    if not plan.new and supply.has_new():
        screen.note("There are new items: ecsquiz practice --new 10")
    elif due:
        screen.note("You have met everything that there is here. Well done.")
