"""Sittings from files: CSV, XLSX and the JSON that `exam take` writes.

Tables have the columns learner id, name, paper, and one for each number of the paper; their order is free.
A row or a file that cannot be read is told, and the rest goes on.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from quiz.errors import UserError
from quiz.exams.formats.prose import without_controls
from quiz.exams.marking.sittings import Place, Problem, Reading, Sitting
from quiz.source.csv_rows import DELIMITERS, Row, read_lines, rows_below

SITTING: Final = "ecsquiz sitting"
SITTING_VERSION: Final = 1
SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".json")

LEARNER: Final = ("learner id", "learner", "learner_id", "id", "student id", "student")
NAME: Final = ("name", "learner name", "full name")
_PAPER: Final = ("paper", "paper id", "variant", "paper_id")
_NUMBER = re.compile(r"(?:item|question|no\.?|q)?\s*(\d{1,4})", re.IGNORECASE)
_HEADER_REMEDY: Final = "Begin it with: learner id,name,paper,1,2,3 and so on, a column for each item."


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table has what."""

    learner: int
    name: int | None
    paper: int
    answers: dict[int, int]
    """Number of the item to column."""


def read_sittings(paths: Iterable[Path]) -> Reading:
    """All sittings of these files and folders, in the order of the files."""
    reading = Reading()
    for path in _files(paths, reading):
        try:
            if path.suffix.lower() == ".json":
                _read_json(path, reading)
            else:
                _read_rows(path, *read_table(path), reading)
        except UserError as error:
            place = Place(Path(error.path) if error.path else path, error.line)
            reading.problems.append(Problem(place, f"{error.message} {error.remedy}".strip()))
    return reading


def _files(paths: Iterable[Path], reading: Reading) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(entry for entry in path.iterdir() if entry.suffix.lower() in SUFFIXES)
        elif path.suffix.lower() in SUFFIXES:
            yield path
        else:
            known = ", ".join(SUFFIXES)
            reading.problems.append(
                Problem(Place(path), f"this is none of the files that hold answers: {known}.")
            )


def read_table(path: Path) -> tuple[list[str], Iterator[Row]]:
    """Header and rows of a CSV file, or of the first sheet of a workbook. Raises UserError."""
    return _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)


def column_of(header: Sequence[str], known: Sequence[str]) -> int | None:
    """Where the first of the known names stands, in any case."""
    names = [" ".join(cell.lower().split()) for cell in header]
    return next((names.index(name) for name in known if name in names), None)


def _csv(path: Path) -> tuple[list[str], Iterator[Row]]:
    lines = read_lines(path)
    if any("\udc80" <= letter <= "\udcff" or letter == "\0" for letter in "".join(lines[:1])):
        raise UserError("this file is not UTF-8.", "Save it as CSV in UTF-8.", path, 1)
    for delimiter in DELIMITERS:
        header = next(csv.reader(lines[:1], delimiter=delimiter), [])
        if len(header) > 1:
            return header, rows_below(lines, delimiter, len(header))
    raise UserError("the first line names no columns.", _HEADER_REMEDY, path, 1)


def _sheet(path: Path) -> tuple[list[str], Iterator[Row]]:
    """The first sheet of a workbook."""
    try:
        import openpyxl
    except ImportError:
        remedy = 'Run: pip install "ecsquiz[exams]"'
        raise UserError("XLSX needs openpyxl, which is not installed.", remedy, path) from None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = [[_shown(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    except Exception as error:  # whatever a damaged file makes of the reader
        raise UserError(f"this is no workbook that can be read: {error}.", "Save it again.", path) from error
    if not rows:
        raise UserError("the first sheet is empty.", _HEADER_REMEDY, path)
    return rows[0], (Row(line, cells) for line, cells in enumerate(rows[1:], 2) if any(cells))


def _shown(value: Any) -> str:
    """A cell as it is seen: 7 for 7.0, nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _read_rows(path: Path, header: Sequence[str], rows: Iterable[Row], reading: Reading) -> None:
    columns = _columns(path, header)
    for row in rows:
        place = Place(path, row.line)
        if row.fault:
            reading.problems.append(Problem(place, row.fault))
            continue
        cells = [without_controls(cell).strip() for cell in row.cells] + [""] * (len(header) - len(row.cells))
        if any(cells):
            reading.sittings.append(
                Sitting(
                    place,
                    exam="",
                    paper=cells[columns.paper],
                    learner=cells[columns.learner],
                    name=cells[columns.name] if columns.name is not None else "",
                    answers={number: cells[at] for number, at in columns.answers.items() if cells[at]},
                )
            )


def _columns(path: Path, header: Sequence[str]) -> _Columns:
    names = [" ".join(cell.lower().split()) for cell in header]
    learner, name, paper = (column_of(header, known) for known in (LEARNER, NAME, _PAPER))
    answers: dict[int, int] = {}
    for place, cell in enumerate(names):
        match = _NUMBER.fullmatch(cell)
        if match and int(match[1]) in answers:
            raise UserError(f"two columns are for item {int(match[1])}.", "Keep one of them.", path, 1)
        if match:
            answers[int(match[1])] = place
    if learner is None or paper is None or not answers:
        wanted = {"learner id": learner is None, "paper": paper is None, "1, 2, 3 ...": not answers}
        missing = " and ".join(column for column, lacks in wanted.items() if lacks)
        raise UserError(f"there is no column {missing}.", _HEADER_REMEDY, path, 1)
    return _Columns(learner, name, paper, answers)


def _read_json(path: Path, reading: Reading) -> None:
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise UserError(f"this cannot be read: {error.strerror}.", "", path) from error
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise UserError(
            "this is not JSON.", "Hand in the file that `exam take` wrote.", path, line
        ) from error
    for entry in data if isinstance(data, list) else [data]:
        problem = _entry_fault(entry)
        if problem:
            reading.problems.append(Problem(Place(path), problem))
            continue
        if "ended" in entry and not entry["ended"]:
            said = "this sitting was not handed in; it is marked as it stands."
            reading.problems.append(Problem(Place(path), said))
        learner = entry["learner"]
        answers = {int(number): _answer(answer) for number, answer in entry["answers"].items()}
        reading.sittings.append(
            Sitting(
                Place(path),
                exam=_text(entry.get("exam")),
                paper=_text(entry["paper"]),
                learner=_text(learner.get("id")),
                name=_text(learner.get("name")),
                answers={number: answer for number, answer in answers.items() if answer},
            )
        )


def _entry_fault(entry: Any) -> str:
    if not isinstance(entry, dict) or entry.get("format") != SITTING:
        return "this is no sitting that ecsquiz wrote."
    if entry.get("version") != SITTING_VERSION:
        return f"this sitting is of version {entry.get('version')}; version {SITTING_VERSION} can be read."
    answers = entry.get("answers")
    sound = (
        isinstance(entry.get("learner"), dict)
        and isinstance(entry.get("paper"), str)
        and isinstance(answers, dict)
        and all(str(number).isdecimal() for number in answers)
        and all(answer is None or isinstance(answer, str | list) for answer in answers.values())
    )
    return "" if sound else "this sitting is damaged."


def _answer(given: str | list[Any] | None) -> str:
    """Letters may come as a list; a list with gaps says which place each letter has."""
    if isinstance(given, list):
        return " ".join(f"{place}{letter}" for place, letter in enumerate(given, 1) if letter)
    return _text(given)


def _text(value: Any) -> str:
    return without_controls(str(value or "")).strip()
