"""The `ecsquiz` command: assembles the command groups and shows user errors as one line.

Command modules import nothing heavy at their top, so that `--help` and completion stay fast.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from copy import copy
from typing import Annotated, Any, Final, NoReturn

import typer

from quiz import __version__
from quiz.errors import UserError

# Each module has `register(app)`, which adds its commands: those named here. Order here is order in --help.
GROUPS: Final = {
    "practice": ("practice",),
    "interview": ("interview",),
    "stats": ("stats",),
    "classroom": ("class",),
    "progress": ("progress",),
    "scheduling": ("progress",),
    "marks": ("progress",),
    "grade": ("grade",),
    "browse": ("list", "show", "search"),
    "bank": ("bank",),
    "importing": ("import",),
    "exam": ("exam",),
    "exam_new": ("exam",),
    "exam_take": ("exam",),
    "marking": ("exam",),
    "site": ("site",),
    "lab": ("lab",),
    "dev": ("dev",),
}

_STORAGE: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
"""What a full, read-only or broken disk says."""


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ecsquiz {__version__}")
        raise typer.Exit


def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Learn Amazon ECS: drill questions, compose exams, build the site, repair broken labs."""


def assembled(wanted: str | None = None) -> typer.Typer:
    """The command line: all of it, or only what it takes to run the command `wanted`."""
    app = typer.Typer(
        name="ecsquiz",
        help=root.__doc__,
        epilog="Start with: ecsquiz practice --topic networking",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(root)
    for module in [name for name, commands in GROUPS.items() if wanted in commands] or GROUPS:
        importlib.import_module(f"quiz.cli.{module}").register(app)
    return app


def overview() -> typer.Typer:
    """All commands by name and purpose, without their options: reading those takes longer than the rest."""
    app = assembled()
    for command in app.registered_commands:
        command.callback = _named(command.callback)
    for group in app.registered_groups:
        group.typer_instance = copy(group.typer_instance)
        if group.typer_instance:
            group.typer_instance.registered_commands = []
    return app


def _named(command: Callable[..., Any] | None) -> Callable[[], None]:
    def nothing() -> None: ...

    nothing.__name__, nothing.__doc__ = getattr(command, "__name__", ""), command.__doc__
    return nothing


def _app_for(arguments: Sequence[str]) -> typer.Typer:
    if arguments in ([], ["--help"], ["-h"]) and "_ECSQUIZ_COMPLETE" not in os.environ:
        return overview()
    return assembled(arguments[0] if arguments else None)


def main() -> None:
    """Entry point. User errors end with exit code 1 and one line on standard error."""
    try:
        try:
            _app_for(sys.argv[1:])(prog_name="ecsquiz")
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
