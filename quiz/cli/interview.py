"""`ecsquiz interview`: a mock interview with a scorecard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption

if TYPE_CHECKING:
    from quiz.practice.interview.scorecard import Scorecard


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: ecsquiz interview --minutes 20 --role reliability --out scorecard.md")(
        interview
    )


def interview(
    minutes: Annotated[float, typer.Option("--minutes", min=1, help="How long it takes.")] = 30,
    questions: Annotated[
        int | None, typer.Option("--questions", min=1, help="Stop after so many.", show_default=False)
    ] = None,
    level: Annotated[str | None, typer.Option("--level", help="Only this level.")] = None,
    role: Annotated[str | None, typer.Option("--role", help="Only what this job is about.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="Write the scorecard to this file: .md, .html or .json.", show_default=False
        ),
    ] = None,
    seed: Annotated[
        str | None, typer.Option("--seed", help="Decides between questions that fit.", show_default=False)
    ] = None,
    bank: BankOption = None,
) -> None:
    """Answer open questions as in a job interview; hear how it went at the end.

    Questions become harder after good answers and easier after poor ones, and follow up what you left
    out. Your schedule is not touched.
    """
    from quiz.practice.interview.opening import Invitation, interview

    if out is not None and out.suffix not in (".md", ".html", ".json"):
        raise typer.BadParameter("name a file that ends in .md, .html or .json", param_hint="--out")
    card, title = interview(bank, Invitation(minutes, questions, level, role, seed))
    if not card.exchanges:
        typer.echo("Nothing was asked.", err=True)
        return
    if out is not None:
        _write(out, card, title)
    _show(card, title)


def _write(out: Path, card: Scorecard, title: str) -> None:
    from quiz.cli.files import write_file
    from quiz.practice.interview.rendering import markdown

    text = _data(card) if out.suffix == ".json" else markdown(card, title)
    if out.suffix == ".html":
        from markdown_it import MarkdownIt

        from quiz.practice.html_document import document

        text = document(title, MarkdownIt("commonmark", {"html": False}).enable("table").render(text))
    write_file(out, text)
    typer.echo(f"Wrote {out}", err=True)


def _show(card: Scorecard, title: str) -> None:
    import sys

    from quiz.practice.interview.rendering import markdown

    text = markdown(card, title)
    if not sys.stdout.isatty():
        typer.echo(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def _data(card: Scorecard) -> str:
    import json
    from dataclasses import asdict

    exchanges = [
        {
            "question": one.question.number,
            "asked": one.asked,
            "answer": one.answer,
            "score": one.score,
            "follow_up": one.follow_up,
            "seconds": one.seconds,
        }
        for one in card.exchanges
    ]
    rest = {name: value for name, value in asdict(card).items() if name != "exchanges"}
    return json.dumps({**rest, "exchanges": exchanges}, indent=2) + "\n"
