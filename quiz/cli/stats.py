"""`ecsquiz stats`: what your practice comes to."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.options import BankOption, JsonOption, LearnerOption


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: ecsquiz stats --html my-progress.html")(stats)


def stats(
    learner: LearnerOption = "me",
    html: Annotated[
        Path | None, typer.Option("--html", help="Write one HTML file instead.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    bank: BankOption = None,
) -> None:
    """Show what comes due, what you retain, your streak, your time, your weakest topics and key points."""
    from quiz.bank.locate import open_bank
    from quiz.cli.files import write_file
    from quiz.cli.progress import database_here
    from quiz.practice.studying import statistics_of

    now = datetime.now(UTC)
    zone = datetime.now().astimezone().tzinfo or UTC
    today = now.astimezone(zone).date()
    with open_bank(bank) as opened, database_here() as database:
        found = statistics_of(opened, database, learner, now, zone)
        title = opened.spec.title
    if html is not None:
        from quiz.practice.statistics_page import page

        write_file(html, page(found, learner, title, today))
        typer.echo(f"Wrote {html}", err=True)
    elif as_json:
        typer.echo(json.dumps(asdict(found), indent=2, default=str))
    elif not found.reviews:
        typer.echo("Nothing reviewed yet. Start with: ecsquiz practice")
    else:
        from rich.console import Console

        from quiz.practice.statistics_screen import show

        show(Console(highlight=False), found, learner, today)
