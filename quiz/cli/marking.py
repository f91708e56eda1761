"""`ecsquiz exam mark` and `learn`: from answers to marks, reports and statistics of the items."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.cli.exam import exam_app
from quiz.cli.options import BankOption, JsonOption
from quiz.errors import UserError

if TYPE_CHECKING:
    from quiz.exams.marking.judging import Examiner
    from quiz.exams.marking.key import Key
    from quiz.exams.marking.results import Results
    from quiz.exams.marking.roster import Roster
    from quiz.exams.marking.sittings import Reading


def register(app: typer.Typer) -> None:  # noqa: ARG001 - its commands belong to `ecsquiz exam`
    exam_app.command(epilog="Example: ecsquiz exam mark --key my-exam --out my-marks answers.csv")(mark)
    exam_app.command(epilog="Example: ecsquiz exam learn my-marks")(learn)


def mark(
    answers: Annotated[
        list[Path],
        typer.Argument(help="Files of answers: CSV, XLSX, the JSON of `exam take`; or folders of them."),
    ],
    key: Annotated[
        Path, typer.Option("--key", help="The folder that `exam build` wrote.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder for marks and reports.", show_default=False)],
    learners: Annotated[
        Path | None,
        typer.Option("--learners", help="The list of the class: CSV or XLSX with learner id and name."),
    ] = None,
    review: Annotated[
        Path | None, typer.Option("--review", help="The review list with your decisions.")
    ] = None,
    pseudonymise: Annotated[
        bool,
        typer.Option("--pseudonymise", help="Replace learners' ids and names; pseudonyms.csv can undo it."),
    ] = False,
    sheets: Annotated[
        str, typer.Option("--sheets", help="Feedback for each learner: html, pdf, both or none.")
    ] = "both",
    bank: BankOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mark answers, and report on learners, class and items.

    A table of answers has the columns learner id, name, paper, 1, 2, 3 and so on. What cannot be told for
    certain is listed with file and line, and the rest is marked.
    """
    from quiz.cli.progress_bar import progress_bar
    from quiz.exams.marking.files import read_sittings
    from quiz.exams.marking.key import read_key
    from quiz.exams.marking.mark import mark as mark_sittings
    from quiz.exams.marking.report.files import write_reports
    from quiz.exams.marking.review import read_decisions
    from quiz.exams.marking.roster import read_roster

    kinds = {"html": ("html",), "pdf": ("pdf",), "both": ("html", "pdf"), "none": ()}
    if sheets not in kinds:
        raise typer.BadParameter("Choose html, pdf, both or none.", param_hint="--sheets")
    read = read_key(key)
    _keep_decisions(out, review)
    decisions = read_decisions(review) if review else None
    roster = read_roster(learners) if learners else None
    reading = read_sittings(answers)
    names = _pseudonyms(out, reading, roster) if pseudonymise else None
    examiner = examiner_for(read, bank)
    results = mark_sittings(reading, read, examiner, names=names, decisions=decisions, roster=roster)
    with progress_bar("Writing sheets") as progress:
        written = write_reports(results, out, sheets=kinds[sheets], progress=progress)
    _report(results, written, out, as_json)
    if results.problems:
        raise typer.Exit(1)


def _keep_decisions(out: Path, review: Path | None) -> None:
    """A filled-in review list is never written over by a run that did not read it."""
    from quiz.exams.marking.review import FILE_NAME, count_settled

    there = out / FILE_NAME
    if not there.is_file() or (review is not None and review.resolve() == there.resolve()):
        return
    settled = count_settled(there)
    if settled:
        decisions = "1 decision" if settled == 1 else f"{settled} decisions"
        raise UserError(
            f"this review list holds {decisions}, which would be lost.",
            f"Add --review {there}, or choose another --out.",
            there,
        )


def _pseudonyms(out: Path, reading: Reading, roster: Roster | None) -> dict[str, str]:
    from quiz.cli.files import write_file
    from quiz.exams.marking.pseudonyms import FILE_NAME, read_pseudonyms

    path = out / FILE_NAME
    found = read_pseudonyms(path)
    if roster:
        found.add((learner.id, learner.name) for learner in roster.learners.values())
    found.add((sitting.learner, sitting.name) for sitting in reading.sittings)
    out.mkdir(parents=True, exist_ok=True)
    write_file(path, found.as_csv())
    return found.by_learner


def examiner_for(key: Key, place: Path | None) -> Examiner:
    """With the words and the glossary of the exam's bank; where that is not at hand, of the key alone."""
    from quiz.bank.locate import open_bank
    from quiz.exams.marking.judging import Examiner, texts_of
    from quiz.grading.vocabulary import Vocabulary

    with open_bank(place) as opened:
        if opened.spec.title == key.bank_title:
            glossary = opened.spec.glossary
            return Examiner(key, Vocabulary.of_questions(opened.questions(), glossary), glossary)
    typer.echo(
        f"The exam was made from the bank {key.bank_title}, and this is another: answers in writing are "
        "marked without its glossary. Name the bank with --bank.",
        err=True,
    )
    return Examiner(key, Vocabulary.build(texts_of(key.items.values())))


def _report(results: Results, written: list[Path], out: Path, as_json: bool) -> None:
    """Nothing about a learner: this may end up in a log."""
    for problem in results.problems:
        typer.secho(str(problem), fg="yellow", err=True)
    doubts = sum(len(result.doubts()) for result in results.results)
    passed = sum(bool(result.passed) for result in results.results)
    has_pass_mark = results.key.pass_mark is not None
    if as_json:
        summary = {
            "exam": results.key.exam,
            "sittings": len(results.results),
            "passed": passed if has_pass_mark else None,
            "to_review": doubts,
            "absent": len(results.absent),
            "problems": [str(problem) for problem in results.problems],
            "out": str(out),
            "files": len(written),
        }
        typer.echo(json.dumps(summary, indent=2, ensure_ascii=False))
        return
    count = len(results.results)
    marked = f"Exam {results.key.exam}: {count} {'sitting' if count == 1 else 'sittings'} marked"
    typer.echo(f"{marked}, {passed} passed." if has_pass_mark else f"{marked}.")
    if doubts:
        typer.echo(
            f"{doubts} answers wait for you in {out / 'review.csv'}: fill in the column settled, then mark "
            f"again with --review {out / 'review.csv'}"
        )
    if results.problems:
        typer.echo(f"{len(results.problems)} problems: see above, or {out / 'problems.csv'}")
    if results.absent:
        typer.echo(f"{len(results.absent)} of the list have no mark: {out / 'absent.csv'}")
    for name in ("class.html", "items.html", "marks.csv", "feedback"):
        if (out / name).exists():
            typer.echo(str(out / name))


def learn(
    marks: Annotated[Path, typer.Argument(help="The folder that `exam mark` wrote.")],
    to: Annotated[
        Path | None,
        typer.Option("--to", help="The file of statistics. Default: item_statistics.json beside the bank."),
    ] = None,
    bank: BankOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remember how hard the items were, so that later exams choose by what was observed.

    The file holds counts and shares, nothing about learners. Learning an exam again replaces what it said.
    """
    from quiz.bank.locate import open_bank, source_folder
    from quiz.cli.files import write_file
    from quiz.exams.marking.report.files import RESULTS
    from quiz.exams.observed import FILE_NAME, read_observed, read_results

    exam, title, found = read_results(marks / RESULTS if marks.is_dir() else marks)
    folder = source_folder(bank) if to is None and (bank is None or bank.is_dir()) else None
    if to is None and folder is None:
        raise UserError("this bank has no folder to keep statistics in.", "Name a file with --to.", bank)
    with open_bank(bank) as opened:
        if opened.spec.title != title:
            raise UserError(
                f"the exam was made from the bank {title}, and this is {opened.spec.title}.",
                "Name its folder with --bank.",
                marks,
            )
    path = to or (folder or Path()) / FILE_NAME
    observed = read_observed(path)
    observed.learn(exam, found)
    write_file(path, observed.as_json())
    if as_json:
        typer.echo(json.dumps({"exam": exam, "items": len(found), "file": str(path)}, indent=2))
    else:
        typer.echo(f"{len(found)} items of exam {exam}: {path}")
