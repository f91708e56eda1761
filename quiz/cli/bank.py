"""`ecsquiz bank`: compile the questions, describe them, check them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption, JsonOption

if TYPE_CHECKING:
    from quiz.bank.summary import Summary

bank_app = typer.Typer(no_args_is_help=True, help="Compile, describe and check a bank of questions.")


def register(app: typer.Typer) -> None:
    app.add_typer(bank_app, name="bank")


@bank_app.command(epilog="Example: ecsquiz bank build --bank my-questions --out my-bank.sqlite")
def build(
    bank: BankOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write. Default: the user's cache.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compile a folder of Markdown questions into one SQLite file.

    Only changed files are compiled again. If a question is broken, the old bank stays.
    """
    from quiz.bank.build import build_bank
    from quiz.bank.locate import compiled_path
    from quiz.cli.progress import progress_bar

    folder = _folder(bank)
    with progress_bar("Compiling") as advance:
        report = build_bank(folder, out or compiled_path(folder), progress=advance)
    if as_json:
        figures = {
            name: getattr(report, name) for name in ("questions", "items", "compiled", "unchanged", "removed")
        }
        typer.echo(json.dumps({"path": str(report.path), **figures}, indent=2))
        return
    typer.echo(
        f"{report.questions} questions, {report.items} items: {report.compiled} files compiled, "
        f"{report.unchanged} unchanged, {report.removed} removed."
    )
    typer.echo(f"The bank is {report.path}")


@bank_app.command(epilog="Example: ecsquiz bank info --json")
def info(bank: BankOption = None, as_json: JsonOption = False) -> None:
    """Say what is in the bank: questions, key points, mistakes and items, by level and topic."""
    from quiz.bank.locate import open_bank
    from quiz.bank.summary import summarise

    with open_bank(bank) as opened:
        summary = summarise(opened)
    if as_json:
        typer.echo(json.dumps(summary.as_dict(), indent=2))
    else:
        _show(summary)


@bank_app.command(epilog="Example: ecsquiz bank check --bank my-questions")
def check(bank: BankOption = None, as_json: JsonOption = False) -> None:
    """Check the questions: format, links, topics, numbers, key points.

    Prints a line for each finding and ends with exit code 1 if there is any.
    """
    from datetime import date

    from quiz.source.lint.rules import check_folder

    folder = _folder(bank)
    checked = check_folder(folder, _lab_slugs(), date.today())  # noqa: DTZ011 - the writer's own calendar
    findings, files = checked.findings, checked.files
    if as_json:
        names = ("path", "line", "code", "message")
        found = [{name: getattr(finding, name) for name in names} for finding in findings]
        report = {"files": files, "findings": found, "missing": checked.missing}
        typer.echo(json.dumps(report, indent=2))
    else:
        for finding in findings:
            typer.echo(f"{folder / finding.path}:{finding.line}: {finding.code} {finding.message}")
        typer.secho(
            f"{files} files, {len(findings)} findings." if findings else f"{files} files, all in order.",
            fg="red" if findings else "green",
            err=True,
        )
        for package in checked.missing:
            typer.echo(
                f"Some rules did not look, for want of {package}: pip install 'ecsquiz[check]'", err=True
            )
    if findings:
        raise typer.Exit(1)


def _folder(bank: Path | None) -> Path:
    from quiz.bank.locate import source_folder
    from quiz.errors import UserError

    folder = source_folder(bank) if bank is None or not bank.is_file() else None
    if folder is None:
        raise UserError("this needs a folder of questions.", "Name one with --bank FOLDER.")
    return folder


def _lab_slugs() -> frozenset[str]:
    from labs.scenarios.catalogue import names

    return frozenset(names())


def _show(summary: Summary) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console.print(f"[bold]{summary.title}[/bold]")
    console.print(
        f"{summary.questions} questions, {summary.key_points} key points, "
        f"{summary.mistakes} common mistakes, {summary.terms} glossary terms"
    )
    for name, counts in (("Items", summary.kinds), ("Levels", summary.levels), ("Topics", summary.topics)):
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for label, count in counts.items():
            table.add_row(label, str(count))
        console.print(f"\n[bold]{name}[/bold]")
        console.print(table)
