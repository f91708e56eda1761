"""`ecsquiz grade`: grade one answer, or a CSV file of answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.options import BankOption, JsonOption

if TYPE_CHECKING:
    from quiz.grading.grade import Grade
    from quiz.source.question import Question


_STYLES = {"covered": "green", "partly": "yellow", "missed": "yellow", "contradicted": "red"}


def register(app: typer.Typer) -> None:
    app.command(
        epilog='Examples: ecsquiz grade 101 --answer "The execution role lacks ECR permissions" · '
        "ecsquiz grade 101 < answer.txt · ecsquiz grade --batch answers.csv > graded.csv"
    )(grade)


def grade(
    number: Annotated[int | None, typer.Argument(help="The number of the question.")] = None,
    answer: Annotated[
        str | None, typer.Option("--answer", help="The answer; - or nothing reads it from standard input.")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            help="A CSV file with the columns number,answer, or prompt,reference,answer for questions "
            "outside the bank. Prints it with the columns score, rating, covered and missed appended; "
            "a bad row is told and stays ungraded.",
        ),
    ] = None,
    bank: BankOption = None,
    as_json: JsonOption = False,
) -> None:
    """Grade a free-text answer by the key points of its question."""
    if batch is not None:
        if number is not None or answer is not None or as_json:
            raise typer.BadParameter("--batch goes with neither a number, --answer nor --json.")
        _grade_batch(batch, bank)
        return
    if number is None:
        raise typer.BadParameter("Name a question by its number, or a file with --batch.")
    text = _read_answer(answer)
    from quiz.bank.locate import open_bank
    from quiz.grading.grade import Rubric
    from quiz.grading.grader import Grader
    from quiz.grading.vocabulary import Vocabulary

    with open_bank(bank) as opened:
        question = opened.question(number)
        vocabulary = Vocabulary.of_questions(opened.questions(), opened.spec.glossary)
    found = Grader(vocabulary).grade(Rubric.of(question), text)
    if as_json:
        import json

        typer.echo(json.dumps({"number": number, **found.as_dict()}, indent=2, ensure_ascii=False))
    else:
        _show(question, found)


def _read_answer(answer: str | None) -> str:
    if answer is not None and answer != "-":
        return answer
    if answer is None and sys.stdin.isatty():
        raise typer.BadParameter("Give an answer with --answer, or pipe one in.")
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")


def _grade_batch(path: Path, place: Path | None) -> None:
    from functools import cache

    from quiz.bank.locate import open_bank
    from quiz.grading.batch import APPENDED, as_csv, grade_batch, read_batch
    from quiz.grading.grade import Rubric
    from quiz.grading.grader import Grader
    from quiz.grading.vocabulary import Vocabulary, text_of

    read = read_batch(path)
    with open_bank(place) as opened:
        questions = {question.number: question for question in opened.questions()}
        texts = [text_of(question) for question in questions.values()]
        if not read.by_number:
            texts += dict.fromkeys(read.references())
        grader = Grader(Vocabulary.build(texts, opened.spec.glossary))
        typer.echo(as_csv([*read.columns, *APPENDED], read.delimiter), nl=False)
        bad = 0

        @cache
        def rubric_of(number: int) -> Rubric:
            return Rubric.of(questions[number] if number in questions else opened.question(number))

        for cells, row in grade_batch(read, grader, rubric_of):
            typer.echo(as_csv(cells, read.delimiter), nl=False)
            if row.fault:
                bad += 1
                typer.secho(f"{path}:{row.line}: {row.fault}", fg="red", err=True)
    if bad:
        typer.secho(f"{bad} of {len(read.rows)} rows could not be graded.", err=True)
        raise typer.Exit(1)


def _show(question: Question, found: Grade) -> None:
    import textwrap

    from rich.console import Console
    from rich.text import Text

    from quiz.source.markdown import plain

    console = Console(highlight=False)

    def tell(text: str, indent: int = 0, style: str = "") -> None:
        margin = " " * indent
        wrapped = textwrap.fill(text, console.width, initial_indent=margin, subsequent_indent=margin)
        console.print(Text(wrapped, style=style), soft_wrap=True)

    tell(f"{question.number}. {plain(question.prompt)}", style="bold")
    for point in found.points:
        tell("")
        reason = f" ({point.reason})" if point.reason else ""
        tell(f"{point.verdict.capitalize()}{reason}", style=_STYLES[point.verdict])
        tell(plain(point.point.text), 2)
        for clause in point.evidence:
            tell(f"You said: {clause}", 4, "dim")
    for mistake in found.mistakes:
        tell("")
        tell("A common mistake", style="red")
        tell(f"You said: {plain(mistake.wrong)}", 2)
        tell(f"In fact: {plain(mistake.right)}", 2)
    for remark in found.remarks:
        tell("")
        tell(remark, style="yellow")
    tell("")
    tell(f"Score {found.score:.2f}, rating {found.rating.label}", style="bold")
