"""`ecsquiz exam`: compose papers and their key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption, JsonOption

if TYPE_CHECKING:
    from quiz.exams.folder import Written
    from quiz.exams.paper import Exam

exam_app = typer.Typer(no_args_is_help=True, help="Compose exams from the bank.")


def register(app: typer.Typer) -> None:
    app.add_typer(exam_app, name="exam")


@exam_app.command(
    epilog="Examples: ecsquiz exam build term.yml --format markdown --out term | "
    "ecsquiz exam build --count 10 --level fundamentals --seed 7 --variants 2 --out my-exam"
)
def build(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.", show_default=False)],
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="Such as markdown, the default. May be repeated.")
    ] = None,
    count: Annotated[int, typer.Option("--count", min=1, help="How many items.")] = 10,
    level: Annotated[
        list[str] | None, typer.Option("--level", help="Only this level. May be repeated.")
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option("--topic", help="Only this topic. May be repeated.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="Only this kind of item, such as choice. May be repeated."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives another exam.")] = 1,
    variants: Annotated[
        int, typer.Option("--variants", min=1, max=702, help="How many papers with the items shuffled.")
    ] = 1,
    title: Annotated[
        str | None, typer.Option("--title", help="The heading of the papers.", show_default=False)
    ] = None,
    bank: BankOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write papers and their key in one format or several.

    The same bank, options and seed give the same files. Each paper carries the id of its key.
    """
    from quiz.bank.locate import open_bank
    from quiz.exams.blueprint import Blueprint, one_section, plan_selection
    from quiz.exams.compose import compose
    from quiz.exams.deliver import files_of, format_named, kinds_to_ask
    from quiz.exams.folder import write_exam

    chosen = [format_named(name) for name in dict.fromkeys(formats or ["markdown"])]
    with open_bank(bank) as opened:
        kinds = kind or kinds_to_ask(chosen)
        selection = plan_selection(opened.spec, count, levels=level or (), topics=topic or (), kinds=kinds)
        heading = " ".join((title or "").split()) or f"{opened.spec.title} exam"
        exam = compose(opened, Blueprint(heading, one_section(selection), seed, variants))
    written = write_exam(out, exam.id, files_of(exam, chosen))
    if written.replaced:
        typer.echo(f"This replaced the key of exam {written.replaced}.", err=True)
    for path in written.left_over:
        typer.echo(f"{path} belongs to exam {written.replaced}, whose key is gone.", err=True)
    _report(exam, written, as_json)


def _report(exam: Exam, written: Written, as_json: bool) -> None:
    from quiz.exams.paper import in_points

    questions = {candidate.question.number for candidate in exam.candidates}
    if as_json:
        summary = {
            "id": exam.id,
            "items": exam.blueprint.count,
            "questions": sorted(questions),
            "points": exam.points,
            "papers": [paper.id for paper in exam.papers],
            "files": [str(path) for path in written.paths],
        }
        typer.echo(json.dumps(summary, indent=2, ensure_ascii=False))
        return
    typer.echo(
        f"Exam {exam.id}: {exam.blueprint.count} items from {len(questions)} questions, "
        f"{in_points(exam.points)}, {len(exam.papers)} {'variant' if len(exam.papers) == 1 else 'variants'}."
    )
    for path in written.paths:
        typer.echo(str(path))
