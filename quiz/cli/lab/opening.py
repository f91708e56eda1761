"""What all lab commands share: the folder of runs, errors as the CLI shows them, passes kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.errors import UserError

if TYPE_CHECKING:
    from labs.records import Pass
    from labs.run import Run


def complete_lab(incomplete: str) -> list[tuple[str, str]]:
    """Labs by number and by name, for the shell."""
    from labs.scenarios.catalogue import folders

    parts = [folder.name.partition("-") for folder in folders()]
    found = [(number, slug) for number, _, slug in parts if number.startswith(incomplete)]
    return found or [(slug, number) for number, _, slug in parts if slug.startswith(incomplete)]


def complete_question(incomplete: str) -> list[str]:
    """Names of the questions that the running lab asks."""
    from labs.errors import LabError

    try:
        questions = open_run(None).scenario().questions
    except LabError:
        return []
    return [question.name for question in questions if question.name.startswith(incomplete)]


LAB = {"metavar": "LAB", "help": "Number or name of a lab.", "autocompletion": complete_lab}
FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        envvar="ECSQUIZ_LABS",
        help="Where runs are kept. Default: the user's data folder.",
        show_default=False,
    ),
]


@contextmanager
def user_errors() -> Iterator[None]:
    from labs.errors import LabError

    try:
        yield
    except LabError as error:
        raise UserError(error.message, error.remedy) from error


def open_run(folder: Path | None) -> Run:
    from platformdirs import user_data_path

    from labs.run import Run

    given = folder or os.environ.get("ECSQUIZ_LABS")
    return Run(Path(given) if given else Path(user_data_path("ecsquiz")) / "labs")


def tell_passes(run: Run) -> None:
    """Mark the questions of repaired labs as practised. What fails now is tried again next time."""
    if all(item.told for item in run.records.passes()):
        return
    from datetime import UTC, datetime

    from quiz.bank.locate import open_bank
    from quiz.practice.database import Database, database_url
    from quiz.practice.lab_passes import LabPass, record_pass

    learner = os.environ.get("ECSQUIZ_LEARNER") or "me"
    bank_place = os.environ.get("ECSQUIZ_BANK")
    try:
        with (
            open_bank(Path(bank_place) if bank_place else None) as bank,
            Database.open(database_url(os.environ), datetime.now(UTC)) as database,
        ):

            def record(item: Pass) -> None:
                at = datetime.fromtimestamp(item.passed, UTC)
                lab_pass = LabPass(item.lab, item.question, at, float(item.seconds), item.hints)
                record_pass(bank, database, learner, lab_pass)

            run.records.tell(record)
    except UserError as error:
        typer.echo(f"Your pass is kept, but not yet marked in your progress: {error}", err=True)
