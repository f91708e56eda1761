"""`ecsquiz bank`: compile the questions, describe them, check them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption, JsonOption

if TYPE_CHECKING:
    from quiz.bank.summary import Summary
    from quiz.items.quality.report import Quality
    from quiz.source.lint.rules import Checked

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
    from quiz.cli.progress_bar import progress_bar

    folder = source_folder_of(bank)
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


@bank_app.command(epilog="Examples: ecsquiz bank check --select C001,L; ecsquiz bank check --fix")
def check(
    bank: BankOption = None,
    select: Annotated[
        str, typer.Option("--select", metavar="CODES", help="Only these codes, or what begins so: C001,L")
    ] = "",
    fix: Annotated[bool, typer.Option("--fix", help="First mend what can be mended mechanically.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check the questions: format, links, terms, commands, code, words.

    Prints a line for each finding and ends with exit code 1 if there is any. `ecsquiz bank rules` says what
    each code demands. --fix mends moved links, damaged encoding, words that stand twice and misspellings
    with one remedy.
    """
    from datetime import date

    from quiz.items.lint import check_folder
    from quiz.source.lint.fixes import fix_folder

    folder, codes = source_folder_of(bank), _selected(select)
    today = date.today()  # noqa: DTZ011 - the writer's own calendar
    checked = check_folder(folder, _lab_slugs(), today, codes)
    if fix and (changed := fix_folder(folder, checked.findings)):
        typer.echo(f"Files mended: {changed}", err=True)
        checked = check_folder(folder, _lab_slugs(), today, codes)
    if as_json:
        typer.echo(json.dumps(_as_json(checked), indent=2))
    else:
        _show_findings(checked, folder)
    if checked.findings:
        raise typer.Exit(1)


@bank_app.command(epilog="Example: ecsquiz bank quality --json")
def quality(bank: BankOption = None, as_json: JsonOption = False) -> None:
    """Measure the items: does a trick find the right option, or does an item answer itself?

    Tries to answer all choice items without knowledge, by their looks and places, and checks each item of
    every kind. Ends with exit code 1 if a trick is further than 4 points from chance, or an item is at fault.
    """
    from quiz.bank.locate import open_bank
    from quiz.items.quality.report import measure

    with open_bank(bank) as opened:
        levels = {question.number: question.level for question in opened.questions()}
        measured = measure(opened.items(), levels)
    if as_json:
        typer.echo(json.dumps(measured.as_dict(), indent=2))
    else:
        _show_quality(measured)
    if not measured.good:
        raise typer.Exit(1)


@bank_app.command(epilog="Example: ecsquiz bank rules --json")
def rules(as_json: JsonOption = False) -> None:
    """Say what each code of `bank check` demands."""
    from quiz.items.lint import codes

    if as_json:
        typer.echo(json.dumps(codes(), indent=2))
        return
    for code, demand in codes().items():
        typer.echo(f"{code}  {demand}")


def _selected(select: str) -> list[str]:
    """The beginnings of codes that `--select` names; a usage error where nothing begins so."""
    from quiz.items.lint import codes

    wanted = [name.strip().upper() for name in select.split(",") if name.strip()]
    for name in wanted:
        if not any(code.startswith(name) for code in codes()):
            raise typer.BadParameter(f"no code begins with {name}; see: ecsquiz bank rules")
    return wanted


def _as_json(checked: Checked) -> dict[str, object]:
    names = ("path", "line", "code", "message")
    findings = [
        {name: getattr(finding, name) for name in names} | {"fixable": finding.fix is not None}
        for finding in checked.findings
    ]
    return {"files": checked.files, "findings": findings, "missing": checked.missing}


def _show_findings(checked: Checked, folder: Path) -> None:
    for finding in checked.findings:
        typer.echo(f"{folder / finding.path}:{finding.line}: {finding.code} {finding.message}")
    count, files = len(checked.findings), checked.files
    fixable = sum(1 for finding in checked.findings if finding.fix)
    hint = f" --fix mends {fixable} of them." if fixable else ""
    typer.secho(
        f"{files} files, {count} findings.{hint}" if count else f"{files} files, all in order.",
        fg="red" if count else "green",
        err=True,
    )
    for package in checked.missing:
        typer.echo(f"Some rules did not look, for want of {package}: pip install 'ecsquiz[check]'", err=True)


def _show_quality(quality: Quality) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    counts = ", ".join(f"{count} {kind}" for kind, count in quality.kinds.items())
    console.print(f"[bold]{sum(quality.kinds.values())} items[/bold]: {counts}")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Who always takes")
    for name in ("right", "chance", "points", "95 %"):
        table.add_column(name, justify="right", no_wrap=True)
    for guess in quality.guesses:
        low, high = guess.interval
        figures = (f"{guess.accuracy:.1%}", f"{guess.chance:.0%}", f"{100 * guess.difference:+.1f}")
        style = "bold red" if guess in quality.broken else ""
        table.add_row(guess.name, *figures, f"{100 * low:.0f} to {100 * high:.0f}", style=style)
    console.print("\n[bold]Guessing, without knowledge[/bold]")
    console.print(table)
    console.print("\n[bold]Items at fault[/bold]")
    for fault in quality.faults:
        console.print(f"{fault.item.id}: {fault.code} {fault.message}", markup=False, soft_wrap=True)
    if not quality.faults:
        console.print("none")
    verdict = "Knowledge decides." if quality.good else "Something other than knowledge decides."
    typer.secho(f"\n{verdict}", fg="green" if quality.good else "red", err=True)


def source_folder_of(bank: Path | None) -> Path:
    """The folder of questions that a command works on; UserError where there is only a compiled bank."""
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
