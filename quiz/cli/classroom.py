"""`ecsquiz class`: what the learners of a shared database have done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption, JsonOption

if TYPE_CHECKING:
    from quiz.practice.classroom import ClassReport

class_app = typer.Typer(no_args_is_help=True, help="For trainers: a class that shares one database.")


def register(app: typer.Typer) -> None:
    app.add_typer(class_app, name="class")


@class_app.callback()
def group() -> None:
    """For trainers: a class that shares one database, named in ECSQUIZ_DATABASE_URL."""


@class_app.command(epilog="Example: ecsquiz class report --days 7")
def report(
    days: Annotated[
        int | None, typer.Option("--days", min=1, help="Only the last days.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    bank: BankOption = None,
) -> None:
    """Show how each learner stands, and which topics and questions the class finds hard.

    What they answered is not shown.
    """
    import json
    from dataclasses import asdict
    from datetime import UTC, datetime

    from quiz.bank.locate import open_bank
    from quiz.cli.progress import database_here
    from quiz.practice.classroom import class_report

    zone = datetime.now().astimezone().tzinfo or UTC
    with open_bank(bank) as opened, database_here() as database:
        found = class_report(opened, database, datetime.now(UTC), zone, days)
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=2, default=str))
    elif not found.learners:
        typer.echo("Nobody has practised yet.")
    else:
        _show(found)


def _show(found: ClassReport) -> None:
    from datetime import timedelta

    from quiz.practice.durations import spoken

    _table(
        "Learners",
        ("Learner", "Last day", "Days", "Reviews", "Time", "Items met", "Recall now", "Retention"),
        [
            (
                one.name,
                str(one.last or "never"),
                str(one.days),
                str(one.reviews),
                spoken(timedelta(seconds=one.seconds)) if one.reviews else "-",
                str(one.items),
                _percent(one.recall),
                _percent(one.retention),
            )
            for one in found.learners
        ],
    )
    _table(
        "Topics, the weakest first",
        ("Topic", "Recall now", "Learners"),
        [(one.title, _percent(one.recall), str(one.learners)) for one in found.topics],
    )
    _table(
        "Right at the first answer, the hardest question first",
        ("Question", "Right", "Learners"),
        [(f"{one.number}. {one.prompt}", _percent(one.facility), str(one.learners)) for one in found.hardest],
    )


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A table whose first column is text; nothing where there are no rows."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    if not rows:
        return
    table = Table(*heads[:1], box=SIMPLE_HEAD, title=title, title_justify="left")
    for head in heads[1:]:
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False).print(table)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
