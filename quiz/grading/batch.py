"""Grading a CSV file of answers: the file's rows come back with four columns more.

A bad row comes back too, with the four columns empty, so that rows stay aligned with the input; what is
wrong with it is told beside it, and the next row goes on.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from quiz.errors import UserError
from quiz.grading.grade import Grade, PointGrade, Rubric, Verdict
from quiz.grading.grader import Grader
from quiz.source.csv_rows import DELIMITERS, Row, read_lines, rows_below

APPENDED = ("score", "rating", "covered", "missed")
BY_NUMBER = ("number", "answer")
BY_REFERENCE = ("prompt", "reference", "answer")
_BETWEEN_POINTS = " | "


@dataclass(frozen=True, slots=True)
class Batch:
    """A CSV file of answers, read."""

    path: Path
    delimiter: str
    columns: list[str]
    rows: list[Row]

    @property
    def by_number(self) -> bool:
        """Whether rows name a question of the bank; otherwise they bring prompt and reference."""
        return "number" in self.columns

    def references(self) -> list[str]:
        """The reference of every sound row."""
        place = self.columns.index("reference")
        return [row.cells[place] for row in self.rows if not row.fault]


def read_batch(path: Path) -> Batch:
    """The rows of a CSV file in UTF-8. Raises UserError where the file or its header cannot be read."""
    lines = read_lines(path)
    for delimiter in DELIMITERS:
        columns = [cell.strip() for cell in next(csv.reader(lines[:1], delimiter=delimiter), [])]
        if set(BY_NUMBER) <= set(columns) or set(BY_REFERENCE) <= set(columns):
            return Batch(path, delimiter, columns, list(rows_below(lines, delimiter, len(columns))))
    raise UserError(
        "the header names other columns than those that are graded.",
        f"Begin the file with {','.join(BY_NUMBER)} or {','.join(BY_REFERENCE)}.",
        path,
        1,
    )


def grade_batch(
    batch: Batch, grader: Grader, rubric_of: Callable[[int], Rubric]
) -> Iterator[tuple[list[str], Row]]:
    """Each row's output cells, with the row itself, whose `fault` then also says what grading found wrong.

    `rubric_of` gives the rubric of a question by number, and raises UserError for an unknown one.
    """
    place = {name: index for index, name in enumerate(batch.columns)}
    for row in batch.rows:
        if row.fault:
            yield _padded(row.cells, len(batch.columns)) + [""] * len(APPENDED), row
            continue
        try:
            if batch.by_number:
                rubric = rubric_of(_number(row.cells[place["number"]]))
            else:
                rubric = _own_rubric(row.cells[place["prompt"]], row.cells[place["reference"]])
        except UserError as error:
            yield row.cells + [""] * len(APPENDED), Row(row.line, row.cells, str(error))
            continue
        yield row.cells + _appended(grader.grade(rubric, row.cells[place["answer"]])), row


def as_csv(cells: Sequence[str], delimiter: str) -> bytes:
    """One row of CSV. Bytes that were no UTF-8 go out as they came in."""
    line = StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8", errors="surrogateescape")


def _padded(cells: list[str], width: int) -> list[str]:
    return (cells + [""] * width)[:width]


def _number(cell: str) -> int:
    try:
        return int(cell.strip())
    except ValueError:
        raise UserError(f"`{cell.strip()}` is no question number.", "Write one such as 101.") from None


def _own_rubric(prompt: str, reference: str) -> Rubric:
    if not reference.strip():
        raise UserError("there is no reference to grade by.", "Write what a right answer says.")
    return Rubric(prompt, reference)


def _appended(grade: Grade) -> list[str]:
    covered = [point.point.plain for point in grade.points if point.verdict is Verdict.COVERED]
    missed = [_missed(point) for point in grade.points if point.verdict is not Verdict.COVERED]
    return [str(grade.score), grade.rating.label, _BETWEEN_POINTS.join(covered), _BETWEEN_POINTS.join(missed)]


def _missed(point: PointGrade) -> str:
    mark = "" if point.verdict is Verdict.MISSED else f" ({point.verdict})"
    return f"{point.point.plain}{mark}"
