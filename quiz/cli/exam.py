"""`ecsquiz exam`: compose papers and their key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption, JsonOption
from quiz.errors import UserError

if TYPE_CHECKING:
    from quiz.bank.store import Bank
    from quiz.exams.blueprint import Blueprint
    from quiz.exams.folder import Written
    from quiz.exams.observed import Observed
    from quiz.exams.paper import Exam

exam_app = typer.Typer(no_args_is_help=True, help="Compose exams from the bank.")

BlueprintArgument = Annotated[
    Path | None, typer.Argument(help="A blueprint; without one, the options say all.", show_default=False)
]
CountOption = Annotated[
    int | None, typer.Option("--count", min=1, help="How many items. Default: 10.", show_default=False)
]
LevelOption = Annotated[
    list[str] | None, typer.Option("--level", help="Only this level. May be repeated.", show_default=False)
]
TopicOption = Annotated[
    list[str] | None, typer.Option("--topic", help="Only this topic. May be repeated.", show_default=False)
]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", help="Only this kind, such as choice. May be repeated.", show_default=False),
]
SeedOption = Annotated[
    int | None, typer.Option("--seed", help="Another seed gives another exam.", show_default=False)
]
VariantsOption = Annotated[
    int | None,
    typer.Option("--variants", min=1, max=702, help="How many papers to shuffle.", show_default=False),
]
TitleOption = Annotated[
    str | None, typer.Option("--title", help="The heading of the papers.", show_default=False)
]
AvoidOption = Annotated[
    list[Path] | None,
    typer.Option("--avoid", help="Ask nothing that this earlier exam asked. May be repeated."),
]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the options of the command line say about an exam."""

    count: int | None
    level: list[str] | None
    topic: list[str] | None
    kind: list[str] | None
    title: str | None
    seed: int | None
    variants: int | None
    avoid: list[Path] | None


def register(app: typer.Typer) -> None:
    app.add_typer(exam_app, name="exam")


@exam_app.command(
    epilog="Examples: ecsquiz exam build term.yml --format markdown --out term; "
    "ecsquiz exam build --count 10 --level fundamentals --seed 7 --variants 2 --out my-exam"
)
def build(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.", show_default=False)],
    blueprint: BlueprintArgument = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="Such as markdown, the default. May be repeated; see `exam formats`."),
    ] = None,
    count: CountOption = None,
    level: LevelOption = None,
    topic: TopicOption = None,
    kind: KindOption = None,
    title: TitleOption = None,
    seed: SeedOption = None,
    variants: VariantsOption = None,
    avoid: AvoidOption = None,
    bank: BankOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write papers and their key in one format or several, from a blueprint or from options alone.

    The same bank, blueprint and seed give the same files. Each paper carries the id of its key.
    """
    from quiz.bank.locate import open_bank
    from quiz.exams.compose import compose
    from quiz.exams.deliver import files_of, fitting, format_named, kinds_to_ask
    from quiz.exams.folder import write_exam

    wish = Wish(count, level, topic, kind, title, seed, variants, avoid)
    chosen = [format_named(name) for name in dict.fromkeys(formats or ["markdown"])]
    with open_bank(bank) as opened:
        asked = _blueprint(opened, blueprint, wish, kinds_to_ask(chosen))
        # A blueprint gives the same exam in whatever format.
        fits = fitting(chosen) if blueprint is None else None
        exam = compose(opened, asked, _observed(bank), fits)
    written = write_exam(out, exam.id, files_of(exam, chosen))
    if written.replaced:
        typer.echo(f"This replaced the key of exam {written.replaced}.", err=True)
    for path in written.left_over:
        typer.echo(f"{path} belongs to exam {written.replaced}, whose key is gone.", err=True)
    _report(exam, written, as_json)


@exam_app.command(epilog="Example: ecsquiz exam formats --json")
def formats(as_json: JsonOption = False) -> None:
    """List the formats of `exam build`, and the kinds of items that each carries."""
    from quiz.exams.deliver import NAMES, format_named
    from quiz.items.item import Kind

    found = [format_named(name) for name in NAMES]
    if as_json:
        data = [
            {"name": one.name, "label": one.label, "kinds": [kind for kind in Kind if kind in one.carries]}
            for one in found
        ]
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    width = max(map(len, NAMES))
    for one in found:
        kinds = ", ".join(kind for kind in Kind if kind in one.carries)
        carried = "" if len(one.carries) == len(Kind) else f" ({kinds} only)"
        typer.echo(f"{one.name:{width}}  {one.label}{carried}")


@exam_app.command(epilog="Example: ecsquiz exam plan term.yml --avoid exam-2026-10")
def plan(
    blueprint: BlueprintArgument = None,
    count: CountOption = None,
    level: LevelOption = None,
    topic: TopicOption = None,
    kind: KindOption = None,
    title: TitleOption = None,
    seed: SeedOption = None,
    variants: VariantsOption = None,
    avoid: AvoidOption = None,
    bank: BankOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what the bank can do for a blueprint, and write nothing.

    Where the exam cannot be built, it says which part lacks how many items, and ends with exit code 1.
    """
    from quiz.bank.locate import open_bank
    from quiz.exams.plan import plan_exam
    from quiz.exams.pool import read_pool

    wish = Wish(count, level, topic, kind, title, seed, variants, avoid)
    with open_bank(bank) as opened:
        asked = _blueprint(opened, blueprint, wish)
        found = plan_exam(read_pool(opened, _observed(bank)), asked)
    if as_json:
        from quiz.cli.exam_plan_table import as_data

        typer.echo(json.dumps(as_data(asked, found), indent=2, ensure_ascii=False))
    else:
        from quiz.cli.exam_plan_table import show

        show(asked, found)
    if found.refusal:
        raise found.refusal


def _blueprint(bank: Bank, path: Path | None, wish: Wish, kinds: Sequence[str] = ()) -> Blueprint:
    """The blueprint of a file or of the options, with what the options change in either.

    `kinds` are asked for where there is no file and the options name none.
    """
    from quiz.exams.blueprint import Blueprint, one_section, plan_selection
    from quiz.exams.blueprint_file import read_blueprint
    from quiz.exams.earlier import read_earlier

    if path is None:
        selection = plan_selection(
            bank.spec,
            wish.count or 10,
            levels=wish.level or (),
            topics=wish.topic or (),
            kinds=wish.kind or kinds,
        )
        found = Blueprint(f"{bank.spec.title} exam", one_section(selection))
    else:
        named = {"--count": wish.count, "--level": wish.level, "--topic": wish.topic, "--kind": wish.kind}
        given = [name for name, value in named.items() if value]
        if given:
            remedy = "Write it into the blueprint, or leave the blueprint out."
            raise UserError(f"{' and '.join(given)} cannot change a blueprint.", remedy, path)
        found = read_blueprint(path, bank)
    title = " ".join((wish.title or "").split())
    earlier = [read_earlier(place) for place in wish.avoid or ()]
    return replace(
        found,
        title=title or found.title,
        seed=found.seed if wish.seed is None else wish.seed,
        variants=wish.variants or found.variants,
        avoid=(*found.avoid, *(one for one in earlier if one not in found.avoid)),
    )


def _observed(bank: Path | None) -> Observed | None:
    """What `ecsquiz exam learn` wrote beside the bank."""
    from quiz.bank.locate import source_folder
    from quiz.exams.observed import FILE_NAME, read_observed

    folder = source_folder(bank) if bank is None or bank.is_dir() else None
    return read_observed(folder / FILE_NAME) if folder else None


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
