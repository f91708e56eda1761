"""Opening a practice session on this machine: its bank, its database, its clock and its terminal."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from quiz.bank.locate import open_bank
from quiz.errors import UserError
from quiz.practice.database import Database, backups_folder, database_url
from quiz.practice.drafts import Drafts
from quiz.practice.durations import moment
from quiz.practice.editor import write_answer
from quiz.practice.examiner import Examiner
from quiz.practice.following import Reattached
from quiz.practice.progress import Progress
from quiz.practice.queue import Queue
from quiz.practice.screen import Screen
from quiz.practice.session import Limits, Session
from quiz.practice.supply import BLOCK, Supply, Wish, bank_slug
from quiz.practice.terminal import Terminal
from quiz.practice.world import World


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to practise, and for whom. Without a seed, chance decides.

    A `cram` goes over what was met, due or not, and keeps nothing. `plain` is for screen readers; None
    lets the terminal decide.
    """

    new: int = 10
    limit: int | None = None
    minutes: float | None = None
    learner: str = "me"
    seed: str | None = None
    cram: bool = False
    plain: bool | None = None


def practise(place: Path | None, wish: Wish, plan: Plan) -> None:
    """Play one session on standard input and output. Raises UserError."""
    world = world_here()
    plain = is_plain(world.interactive, os.environ) if plan.plain is None else plan.plain
    screen = Screen(console_here(), plain=plain)
    url = database_url(os.environ)
    with open_bank(place) as bank, Database.open(url, world.clock()) as database:
        slug = bank_slug(bank)
        progress = Progress(database, slug, bank.version, plan.learner)
        _tell(screen, progress.follow(bank.items))
        supply = Supply(bank, progress, wish)
        seed = plan.seed or secrets.token_hex(4)
        drafts = Drafts.beside(backups_folder(url).parent, slug, plan.learner) if world.interactive else None
        now = world.clock()
        queue = queue_of(supply, plan, drafts, seed, now)
        if not queue:
            _nothing(screen, supply, progress, world, plan)
            return
        if plan.cram:
            screen.welcome_to_cram(bank.spec.title, len(queue))
        else:
            screen.welcome(bank.spec.title, progress.count_due(now, supply.scope), len(queue.new))
        examiner = Examiner(bank)
        terminal = Terminal(screen, world, supply, progress, examiner, seed, drafts=drafts, cram=plan.cram)
        until = now + timedelta(minutes=plan.minutes) if plan.minutes is not None else None
        session = terminal.run(Session.begin(queue, Limits(plan.limit, until), now))
        terminal.summarise(session)
        if wish.lab_linked:
            screen.labs(supply.labs(int(item.partition("/")[0]) for item in session.missed))


def queue_of(supply: Supply, plan: Plan, drafts: Drafts | None, seed: str, now: datetime) -> Queue:
    """What is to be asked; an item whose answer was begun and not finished before all others."""
    if plan.cram:
        return Queue(tuple(supply.weakest(now, plan.limit or BLOCK)), tuple(supply.new(plan.new, seed)))
    due = supply.due(now)
    queue = Queue(tuple(due), tuple(supply.new(plan.new, seed, supply.resting(now, due))))
    if drafts and (begun := drafts.item):
        turn = next((turn for turn in due if turn.item.id == begun), None) or supply.unmet(begun)
        return queue.led_by(turn) if turn else queue
    return queue


def is_plain(interactive: bool, environment: Mapping[str, str]) -> bool:
    """Whether words must say all: in a pipe, on a dumb terminal, and with NO_COLOR."""
    return not interactive or environment.get("TERM") == "dumb" or bool(environment.get("NO_COLOR"))


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
        browse=_browse,
        pager=_page if interactive and os.environ.get("TERM") != "dumb" else None,
    )


def _browse(url: str) -> bool:
    import webbrowser  # here: few look at a page

    return webbrowser.open(url)


def _page(text: str) -> None:
    import pydoc

    os.environ.setdefault("LESS", "-R")  # shows colours as such
    pydoc.pager(text)


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
    if plan.cram:
        screen.note("You have met nothing of this yet: leave out --new 0, or --cram.")
        return
    screen.note("Nothing is due.", "bold")
    due = progress.next_due(supply.scope)
    if due:
        screen.note(f"The next is due {moment(due, world.clock(), world.zone)}.")
    if not plan.new and supply.has_new():
        screen.note("There are new items: ecsquiz practice --new 10")
    elif due:
        screen.note("You have met everything that there is here. Well done.")
