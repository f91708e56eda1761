"""The `ecsquiz` command: assembles the command groups and shows user errors as one line.

Command modules import nothing heavy at their top, so that `--help` and completion stay fast.
"""

from __future__ import annotations

import importlib
import sys
from typing import Annotated

import typer

from quiz import __version__
from quiz.errors import UserError

app = typer.Typer(
    name="ecsquiz",
    help="Learn Amazon ECS: drill questions, compose exams, build the site, repair broken labs.",
    epilog="Start with: ecsquiz practice --topic networking",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Each module has `register(app)`, which adds its commands. Order here is order in --help.
GROUPS = (
    "practice",
    "interview",
    "stats",
    "classroom",
    "progress",
    "scheduling",
    "marks",
    "grade",
    "browse",
    "bank",
    "importing",
    "exam",
    "site",
    "lab",
    "dev",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ecsquiz {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Learn Amazon ECS: drill questions, compose exams, build the site, repair broken labs."""


for _group in GROUPS:
    importlib.import_module(f"quiz.cli.{_group}").register(app)


def main() -> None:
    """Entry point. User errors end with exit code 1 and one line on standard error."""
    try:
        app(prog_name="ecsquiz")
    except UserError as error:
        typer.secho(f"ecsquiz: {error}", fg="red", err=True)
        sys.exit(1)
