"""`ecsquiz list`, `show` and `search`: look into the bank."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption, JsonOption

if TYPE_CHECKING:
    from rich.console import Console

    from quiz.source.question import Question


def register(app: typer.Typer) -> None:
    app.command("list", epilog="Example: ecsquiz list --level troubleshooting --topic networking")(
        list_questions
    )
    app.command("show", epilog="Example: ecsquiz show 101")(show)
    app.command("search", epilog='Example: ecsquiz search "execution role"')(search)


def list_questions(
    level: Annotated[str | None, typer.Option("--level", help="Only this level.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic.")] = None,
    bank: BankOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the questions of the bank."""
    from quiz.bank.locate import open_bank
    from quiz.source.markdown import plain

    with open_bank(bank) as opened:
        questions = opened.questions(level=level, topic=topic)
        levels = opened.spec.levels
    if as_json:
        typer.echo(json.dumps([_brief(question) for question in questions], indent=2, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    for known_level in levels:
        rows = [question for question in questions if question.level == known_level.slug]
        if not rows:
            continue
        console.print(f"[bold]{escape(known_level.title)}[/bold]")
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(justify="right", style="cyan", no_wrap=True)
        table.add_column()
        for question in rows:
            table.add_row(str(question.number), escape(plain(question.prompt)))
        console.print(table)
    if not questions:
        typer.echo("No question has this level and this topic.", err=True)


def show(
    number: Annotated[int, typer.Argument(help="The number of the question.")],
    bank: BankOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one question with its whole answer."""
    from quiz.bank.locate import open_bank

    with open_bank(bank) as opened:
        question = opened.question(number)
    if as_json:
        from quiz.bank import payload

        typer.echo(json.dumps(json.loads(payload.dump(question)), indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    _print_question(Console(highlight=False), question)


def search(
    text: Annotated[str, typer.Argument(help="Words to look for. Typing errors and abbreviations are fine.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show at most this many.")] = 10,
    bank: BankOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find questions by their words, best first."""
    from quiz.bank.locate import open_bank
    from quiz.bank.search import MARK
    from quiz.bank.search import search as find

    with open_bank(bank) as opened:
        found = find(opened, text, limit)
    start, end = MARK
    if as_json:
        hits = [
            {
                "number": hit.number,
                "prompt": hit.prompt,
                "level": hit.level,
                "snippet": hit.snippet.replace(start, "").replace(end, ""),
                "score": round(hit.score, 6),
            }
            for hit in found.hits
        ]
        typer.echo(
            json.dumps({"hits": hits, "corrections": dict(found.corrections)}, indent=2, ensure_ascii=False)
        )
        return
    for typed, used in found.corrections:
        typer.echo(f"Nothing says {typed!r}; looked for {used!r}.", err=True)
    if not found.hits:
        typer.echo("Nothing found. Try fewer words, or see all questions with: ecsquiz list", err=True)
        raise typer.Exit(1)
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    for hit in found.hits:
        snippet = escape(" ".join(hit.snippet.split())).replace(start, "[bold yellow]").replace(end, "[/]")
        console.print(f"[cyan]{hit.number:>4}[/]  [bold]{escape(hit.prompt)}[/]")
        console.print(f"      {snippet}")


def _brief(question: Question) -> dict[str, object]:
    return {
        "number": question.number,
        "level": question.level,
        "topics": question.topics,
        "prompt": question.prompt,
        "lab": question.lab,
    }


def _print_question(console: Console, question: Question) -> None:
    from rich.markdown import Markdown
    from rich.padding import Padding

    from quiz.practice.page import page

    for part in page(question):
        console.print(Padding(Markdown(part), (1, 0, 0, 0)))
