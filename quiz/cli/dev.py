"""`ecsquiz dev`: reports for those who work on ecsquiz itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.options import BankOption, JsonOption


def register(app: typer.Typer) -> None:
    dev = typer.Typer(
        help="Reports for those who work on ecsquiz itself.",
        no_args_is_help=True,
        epilog="Example: ecsquiz dev grade-report --mohler mohler_dev.csv",
    )
    dev.command(
        "grade-report",
        epilog="Example: ecsquiz dev grade-report --mohler mohler_dev.csv --scientsbank train.csv --json",
    )(grade_report)
    dev.command("item-sample", epilog="Example: ecsquiz dev item-sample --count 200 --seed 7 > sample.md")(
        item_sample
    )
    dev.command("overlap", epilog="Example: ecsquiz dev overlap source.md --longest 12")(overlap)
    app.add_typer(dev, name="dev")


def grade_report(
    mohler: Annotated[
        Path | None,
        typer.Option("--mohler", help="CSV file with the columns prompt, reference, answer, score (0 to 5)."),
    ] = None,
    scientsbank: Annotated[
        Path | None,
        typer.Option("--scientsbank", help="CSV file with the columns prompt, reference, answer, label."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the bootstrap.")] = 7,
    as_json: JsonOption = False,
) -> None:
    """How well the grader agrees with people who graded the same answers, with 95 % intervals."""
    if mohler is None and scientsbank is None:
        raise typer.BadParameter("Name at least one file: --mohler FILE or --scientsbank FILE.")
    from random import Random

    from quiz.grading import report

    figures = []
    if mohler is not None:
        figures.append(("mohler", report.mohler(mohler, Random(seed))))  # noqa: S311 - a bootstrap
    if scientsbank is not None:
        figures.append(("scientsbank", report.scientsbank(scientsbank, Random(seed))))  # noqa: S311
    if as_json:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps({name: asdict(figure) for name, figure in figures}, indent=2))
        return
    for name, figure in figures:
        typer.echo(
            f"{name}: {figure.name} {figure.value:.3f} (95 %: {figure.low:.3f} to {figure.high:.3f}), "
            f"{figure.answers} answers to {figure.questions} questions"
        )


def overlap(
    document: Annotated[Path, typer.Argument(help="The text from which no sentence may survive.")],
    bank: BankOption = None,
    longest: Annotated[
        int, typer.Option("--longest", min=4, help="The first length of a shared run that is too long.")
    ] = 12,
    as_json: JsonOption = False,
) -> None:
    """The longest run of words that each question shares with another document.

    Code, addresses and headings are left out. Ends with exit code 1 if a run is too long.
    """
    from quiz.cli.bank import source_folder_of
    from quiz.source.encoding import read_text, repair
    from quiz.source.folder import question_files
    from quiz.source.overlap import shared_runs

    folder = source_folder_of(bank)
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in question_files(folder)}
    found = shared_runs(texts, repair(read_text(document)).text)
    if as_json:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps([asdict(shared) for shared in found], indent=2))
    else:
        for shared in found[:10]:
            typer.echo(f"{shared.length:3}  {shared.path}: {shared.words}")
    too_long = sum(shared.length >= longest for shared in found)
    typer.echo(f"{len(found)} questions, {too_long} with a run of {longest} words or more.", err=True)
    if too_long:
        raise typer.Exit(1)


def item_sample(
    bank: BankOption = None,
    count: Annotated[int, typer.Option("--count", min=1, help="How many items.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws other items.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Random items of all kinds as Markdown, for a person who judges whether they are fit for an exam."""
    from quiz.bank.locate import open_bank
    from quiz.items.quality.sample import as_markdown, heading, sample

    with open_bank(bank) as opened:
        places = {question.number: f"{question.level}, {question.path}" for question in opened.questions()}
        everything = opened.items()
    drawn = sample(everything, count, seed)
    if as_json:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps([{"id": item.id, **asdict(item)} for item in drawn], indent=2))
        return
    typer.echo(heading(drawn, len(everything), seed))
    for text in as_markdown(drawn, places, seed):
        typer.echo(text)
