"""`ecsquiz progress suspended` and `flags`: what a learner has set aside or remarked on."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption, JsonOption, LearnerOption
from quiz.cli.progress import database_here, progress_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quiz.practice.marks import Mark
    from quiz.practice.progress import Progress


def register(app: typer.Typer) -> None:  # noqa: ARG001 - its commands belong to `ecsquiz progress`
    progress_app.command(epilog="Example: ecsquiz progress suspended --restore 101/recall/answer")(suspended)
    progress_app.command(epilog="Example: ecsquiz progress flags --json")(flags)


def suspended(
    restore: Annotated[
        list[str] | None, typer.Option("--restore", help="Ask this item again; may be repeated.")
    ] = None,
    learner: LearnerOption = "me",
    as_json: JsonOption = False,
    bank: BankOption = None,
) -> None:
    """List the items that you have set aside, or take some of them back."""
    from quiz.practice import marks

    with _progress(bank, learner) as progress:
        for item in restore or ():
            marks.restore(progress, item)
        found = marks.suspended(progress)
    _show(found, as_json, "Nothing is set aside.")


def flags(learner: LearnerOption = "me", as_json: JsonOption = False, bank: BankOption = None) -> None:
    """List the remarks that you made while practising, for yourself or for the authors of the questions."""
    from quiz.practice import marks

    with _progress(bank, learner) as progress:
        found = marks.flags(progress)
    _show(found, as_json, "There are no remarks.")


@contextmanager
def _progress(bank: Path | None, learner: str) -> Iterator[Progress]:
    from quiz.bank.locate import open_bank
    from quiz.practice.progress import Progress
    from quiz.practice.supply import bank_slug

    with open_bank(bank) as opened, database_here() as database:
        yield Progress(database, bank_slug(opened), opened.version, learner)


def _show(found: list[Mark], as_json: bool, nothing: str) -> None:
    if as_json:
        rows = [
            {"item": one.item, "stem": one.stem, "at": one.at.isoformat(), "note": one.note} for one in found
        ]
        typer.echo(json.dumps(rows, indent=2))
        return
    if not found:
        typer.echo(nothing, err=True)
    for one in found:
        stem = " ".join(one.stem.split())
        typer.echo(f"{one.at:%Y-%m-%d}  {one.item}  {one.note or stem}")
