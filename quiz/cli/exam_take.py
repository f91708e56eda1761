"""`ecsquiz exam take`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.exam import exam_app
from quiz.cli.options import BankOption
from quiz.errors import UserError

if TYPE_CHECKING:
    from quiz.cli.taking.screen import Screen


def register(app: typer.Typer) -> None:  # noqa: ARG001 - it belongs to `ecsquiz exam`
    exam_app.command(epilog="Example: ecsquiz exam take my-exam A --learner s0123 --name 'Ann Lee'")(take)


def take(
    paper: Annotated[Path, typer.Argument(help="An exam's folder, its exam.json, or a take-A.json.")],
    variant: Annotated[
        str | None, typer.Argument(help="Which paper: its label or its id.", show_default=False)
    ] = None,
    learner: Annotated[
        str | None,
        typer.Option(
            "--learner",
            envvar="ECSQUIZ_LEARNER",
            help="Your id, as your trainer knows it. Asked for in a terminal.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Your name.", show_default=False)] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="The file for your answers. Default: PAPER-LEARNER.json here.", show_default=False
        ),
    ] = None,
    plain: Annotated[
        bool | None,
        typer.Option("--plain/--no-plain", help="Words instead of marks and colour.", show_default=False),
    ] = None,
    bank: BankOption = None,
) -> None:
    """Sit an exam in the terminal.

    Answers are saved at every key. Whatever interrupts you, the same command goes on where you were; the
    time goes on too, and when it is up the paper is handed in as it stands. Give the file to your trainer.
    """
    import os
    import sys
    from datetime import UTC, datetime

    from quiz.cli.taking.desk import Desk
    from quiz.cli.taking.reading import read_keys, read_line
    from quiz.cli.taking.screen import Screen
    from quiz.exams.sitting.file import Keeper, resume
    from quiz.exams.sitting.sheet import read_sheet
    from quiz.exams.sitting.sitting import Sitting
    from quiz.practice.opening import console_here, is_plain

    sheet = read_sheet(paper, variant)
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    learner = _learner(learner, interactive)
    path = out or Path(f"{sheet.paper}-{_file_name(learner)}.json")
    now = datetime.now(UTC)
    found = resume(path, sheet, learner)
    if found and found.ended:
        raise UserError("this sitting has ended.", "Give the file to your trainer.", path)
    sitting = found or Sitting(sheet, learner, name, now.replace(microsecond=0))
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    screen = Screen(console_here(), plain=is_plain(interactive, os.environ) if plain is None else plain)
    keep = Keeper(path)
    keep(sitting)
    screen.welcome(sitting, now)
    reader = read_keys if interactive else read_line
    desk = Desk(screen, reader, lambda: datetime.now(UTC), keep)
    sitting = desk.run(sitting)
    if sitting.ended is None:
        screen.note(f"Saved: {path}. The same command goes on; the time does not stop.")
        return
    screen.note(f"Handed in: {path}. Give this file to your trainer.")
    if sheet.show_result:
        _show_result(screen, paper, path, bank)


def _learner(given: str | None, interactive: bool) -> str:
    """The id of the learner; papers of several learners under one id could not be told apart."""
    while not (given := " ".join((given or "").split())):
        if not interactive:
            raise UserError("it is not said who sits this exam.", "Add --learner with your id.")
        given = str(typer.prompt("Your id, as your trainer knows it"))
    return given


def _file_name(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-.") or "learner"


def _show_result(screen: Screen, key: Path, answers: Path, bank: Path | None) -> None:
    """What the answers earned, where the key is at hand."""
    from quiz.cli.marking import examiner_for
    from quiz.exams import record
    from quiz.exams.marking.files import read_sittings
    from quiz.exams.marking.key import read_key
    from quiz.exams.marking.mark import mark

    if not key.is_dir() and key.name != record.FILE_NAME:
        screen.note("Your trainer has the key and will tell you the result.")
        return
    found = read_key(key)
    results = mark(read_sittings([answers]), found, examiner_for(found, bank)).results
    if results:
        screen.result(results[0])
    else:
        screen.note("Your trainer will tell you the result.")
