"""`ecsquiz progress`: keep, move, merge and check what a learner has done."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption, JsonOption, LearnerOption
from quiz.errors import UserError

if TYPE_CHECKING:
    from quiz.practice.database import Database
    from quiz.practice.history import LearnerHistory

progress_app = typer.Typer(
    no_args_is_help=True, help="Export, import, merge, reset and check your progress; tune the schedule."
)

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def register(app: typer.Typer) -> None:
    app.add_typer(progress_app, name="progress")


def database_here() -> Database:
    """The progress database that the environment names, opened."""
    from quiz.practice.database import Database, database_url

    return Database.open(database_url(os.environ), datetime.now(UTC))


@progress_app.command(epilog="Example: ecsquiz progress export my-progress.json")
def export(
    file: Annotated[
        Path | None, typer.Argument(help="The file to write. Without one: standard output.")
    ] = None,
    learner: LearnerOption = "me",
) -> None:
    """Write all that you have done to one JSON file: reviews, schedules, flags, settings."""
    from quiz.cli.files import write_file
    from quiz.practice.exchange import history_of
    from quiz.practice.history import to_json

    with database_here() as database:
        history = history_of(database, learner)
    text = to_json(history)
    if file is None or str(file) == "-":
        typer.echo(text, nl=False)
        return
    write_file(file, text)
    typer.echo(f"Wrote {history.reviews} reviews to {file}", err=True)


@progress_app.command("import", epilog="Example: ecsquiz progress import my-progress.json")
def import_(
    file: Annotated[Path, typer.Argument(help="A file that `ecsquiz progress export` wrote.")],
    learner: LearnerOption = "me",
    replace: Annotated[bool, typer.Option("--replace", help="Throw away what is there now.")] = False,
) -> None:
    """Take over an exported file as your progress.

    Where you have progress already, nothing happens without --replace; to keep both, merge.
    """
    other = _read(file)

    def taken_over(mine: LearnerHistory) -> LearnerHistory:
        if mine.banks and not replace:
            raise UserError(
                f"there is progress of `{learner}` already: {mine.reviews} reviews.",
                f"Keep both with: ecsquiz progress merge {file}; or throw it away with --replace",
            )
        return other

    _change(learner, taken_over)


@progress_app.command(epilog="Example: ecsquiz progress merge laptop.json phone.json")
def merge(
    files: Annotated[list[Path], typer.Argument(help="Files that `ecsquiz progress export` wrote.")],
    learner: LearnerOption = "me",
) -> None:
    """Add to your progress what you did on another device.

    A review that is there already is not added again, so merging the same file twice changes nothing.
    """
    from quiz.practice.combining import combined

    others = [_read(file) for file in files]

    def merged(mine: LearnerHistory) -> LearnerHistory:
        for other in others:
            mine = combined(mine, other)
        return mine

    _change(learner, merged)


@progress_app.command(epilog="Example: ecsquiz progress reset --topic networking")
def reset(
    level: Annotated[str | None, typer.Option("--level", help="Only this level.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic.")] = None,
    question: Annotated[int | None, typer.Option("--question", help="Only this question.")] = None,
    learner: LearnerOption = "me",
    yes: YesOption = False,
    bank: BankOption = None,
) -> None:
    """Forget what you have done, in all banks or in a part of one. A copy is kept."""
    from quiz.bank.locate import open_bank
    from quiz.practice.exchange import history_of, without
    from quiz.practice.supply import Wish, bank_slug, scope_of

    part = (level, topic, question) != (None, None, None)
    slug, questions = None, None
    if part:
        with open_bank(bank) as opened:
            slug = bank_slug(opened)
            questions = scope_of(opened, Wish(level=level, topic=topic, question=question)).questions
    with database_here() as database:
        doomed = history_of(database, learner)
    lost = doomed.reviews - without(doomed, slug, questions).reviews
    if not lost:
        typer.echo("There is nothing to forget.", err=True)
        return
    _confirm(f"Forget {lost} reviews of `{learner}`?", yes)
    _change(learner, lambda mine: without(mine, slug, questions))


@progress_app.command(epilog="Example: ecsquiz progress doctor --repair")
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Mend what is safe; a copy is kept.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check that the progress of all learners is whole, and mend what is safe to mend.

    Exit code 1 where something is wrong and stays so.
    """
    from dataclasses import asdict

    from quiz.practice.doctor import complaints, damage, mended
    from quiz.practice.exchange import history_of, learners

    now = datetime.now(UTC)
    with database_here() as database:
        damaged = damage(database)
        names = [] if damaged else learners(database)
        found = [one for name in names for one in complaints(history_of(database, name), now)]
        place = database.engine.url.render_as_string()
    if repair and any(one.safe for one in found):
        for name in sorted({one.learner for one in found if one.safe}):
            _change(name, lambda mine: mended(mine, now))
        left = [one for one in found if not one.safe]
    else:
        left = found
    if as_json:
        report = {"database": place, "damage": damaged, "found": [asdict(one) for one in found]}
        typer.echo(json.dumps({**report, "left": len(left) + len(damaged)}, indent=2))
    else:
        for problem in damaged:
            typer.echo(f"The database is damaged: {problem}.")
        for one in found:
            done = "mended" if one not in left else "safe to mend" if one.safe else "look at it yourself"
            typer.echo(f"{one.learner}: {one.place}: {one.problem} ({done}).")
        if damaged:
            typer.echo("Put back a copy from the folder `backups` beside it, or an export of yours.")
        elif not found:
            typer.echo(f"All is well with {len(names)} {'learner' if len(names) == 1 else 'learners'}.")
        elif any(one.safe for one in left):
            typer.echo("Mend what is safe with: ecsquiz progress doctor --repair")
    raise typer.Exit(1 if left or damaged else 0)


def _change(learner: str, change: Callable[[LearnerHistory], LearnerHistory]) -> None:
    """Change a learner's history, after a copy, and say what became of it."""
    from quiz.practice.database import backups_folder
    from quiz.practice.exchange import change_history, history_of, save_copy

    with database_here() as database:
        copy = None
        if history_of(database, learner).banks:
            copy = save_copy(database, learner, backups_folder(database.engine.url), datetime.now(UTC))
        before, after = change_history(database, learner, change)
    if before == after:
        typer.echo(f"Nothing to change: {after.reviews} reviews are there already.", err=True)
        if copy:
            copy.unlink()
        return
    typer.echo(f"`{learner}` had {before.reviews} reviews and has {after.reviews} now.", err=True)
    if copy:
        typer.echo(f"The state before is kept in {copy}", err=True)


def _read(file: Path) -> LearnerHistory:
    from quiz.practice.history import from_json

    try:
        return from_json(file.read_text(encoding="utf-8"), str(file))
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}.", "Is the name right?", file) from error
    except UnicodeDecodeError as error:
        raise UserError("this is not a text file.", "Make one: ecsquiz progress export", file) from error


def _confirm(question: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UserError("this needs a yes, and nobody is here to say it.", "Add --yes")
    if not typer.confirm(question, err=True):
        raise typer.Exit(1)
