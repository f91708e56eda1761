"""The `ecsquiz` command: assembles the command groups and shows user errors as one line.

Command modules import nothing heavy at their top, so that `--help` and completion stay fast.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import Annotated, Final, NoReturn

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

_STORAGE: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
"""What a full, read-only or broken disk says."""


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
        try:
            app(prog_name="ecsquiz")
        finally:
            sys.stdout.flush()
    except UserError as error:
        _end(error)
    except OSError as error:
        # What is still waiting to be written would fail again, with a traceback, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            sys.exit(1)  # nobody reads on, as in: ecsquiz list | head
        if error.errno not in _STORAGE:
            raise
        place = error.filename or "standard output"
        _end(UserError(f"this cannot be written: {error.strerror}.", "Make room, or write elsewhere.", place))


def _end(error: UserError) -> NoReturn:
    typer.secho(f"ecsquiz: {error}", fg="red", err=True)
    sys.exit(1)
