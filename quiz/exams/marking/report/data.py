"""The results as data: CSV for spreadsheets, JSON for machines and for `exam learn`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from io import StringIO
from typing import Any, Final

from quiz.exams.marking.item_analysis import Analysis, ItemStatistics
from quiz.exams.marking.results import Result, Results
from quiz.exams.marking.review import spreadsheet_cell
from quiz.exams.marking.summary import Summary

FORMAT: Final = "ecsquiz marks"
VERSION: Final = 1


def marks_csv(results: Results) -> str:
    """A row a sitting, then a column with the points of each number."""
    most = max((len(result.marks) for result in results.results), default=0)
    header = ["learner id", "name", "paper", "points", "of", "percent", "result", "to look at"]
    header += [f"{number}" for number in range(1, most + 1)]
    return _csv(header, (_row(result) for result in results.results))


def _row(result: Result) -> list[str]:
    outcome = {True: "passed", False: "not passed", None: ""}[result.passed]
    figures = [f"{result.points:g}", f"{result.of:g}", f"{100 * result.share:.1f}", outcome]
    points = [f"{mark.points:g}" for mark in result.marks]
    who = [spreadsheet_cell(text) for text in (result.learner, result.name, result.paper)]
    return [*who, *figures, f"{len(result.doubts())}", *points]


def items_csv(analysis: Analysis) -> str:
    header = ["item", "kind", "sittings", "left out", "facility", "discrimination", "flags"]
    rows = (
        [
            found.item.id,
            found.item.kind.value,
            f"{found.sittings}",
            f"{found.blank}",
            f"{found.facility:.4f}",
            "" if found.discrimination is None else f"{found.discrimination:.4f}",
            spreadsheet_cell("; ".join(found.flags)),
        ]
        for found in analysis.items
    )
    return _csv(header, rows)


def options_csv(analysis: Analysis) -> str:
    """The distractor analysis: a row an option of a choice."""
    header = ["item", "option", "right", "chosen", "share", "upper group", "lower group", "discrimination"]
    rows = (
        [
            found.item.id,
            spreadsheet_cell(option.text),
            "yes" if option.right else "",
            f"{option.chosen}",
            f"{option.share:.4f}",
            f"{option.upper}",
            f"{option.lower}",
            "" if option.discrimination is None else f"{option.discrimination:.4f}",
        ]
        for found in analysis.items
        for option in found.options
    )
    return _csv(header, rows)


def problems_csv(results: Results) -> str:
    header = ["file", "line", "item", "problem"]
    rows = (
        [
            str(problem.place.path),
            f"{problem.place.line or ''}",
            f"{problem.number or ''}",
            spreadsheet_cell(problem.message),
        ]
        for problem in results.problems
    )
    return _csv(header, rows)


def absent_csv(results: Results) -> str:
    rows = ([spreadsheet_cell(learner.id), spreadsheet_cell(learner.name)] for learner in results.absent)
    return _csv(["learner id", "name"], rows)


def results_json(results: Results, summary: Summary | None, analysis: Analysis) -> str:
    """All of it. Times and machines are not in it: the same sittings give the same bytes."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "exam": results.key.exam,
        "title": results.key.title,
        "bank": results.key.bank_title,
        "class": None if summary is None else asdict(summary),
        "reliability": None if analysis.reliability is None else asdict(analysis.reliability),
        "items": [_item(found) for found in analysis.items],
        "sittings": [_sitting(result) for result in results.results],
        "problems": [
            {
                "file": str(problem.place.path),
                "line": problem.place.line,
                "item": problem.number,
                "problem": problem.message,
            }
            for problem in results.problems
        ],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _item(found: ItemStatistics) -> dict[str, Any]:
    return {
        "id": found.item.id,
        "kind": found.item.kind.value,
        "sittings": found.sittings,
        "left_out": found.blank,
        "facility": found.facility,
        "discrimination": found.discrimination,
        "options": [asdict(option) for option in found.options],
        "flags": list(found.flags),
    }


def _sitting(result: Result) -> dict[str, Any]:
    return {
        "learner": {"id": result.learner, "name": result.name},
        "paper": result.paper,
        "points": result.points,
        "of": result.of,
        "passed": result.passed,
        "marks": [
            {
                "number": mark.number,
                "item": mark.item,
                "answer": mark.answer,
                "state": mark.state.value,
                "points": mark.points,
                "of": mark.of,
                "confidence": mark.confidence,
                "key_points": [asdict(point) for point in mark.covered],
                "remarks": list(mark.remarks),
            }
            for mark in result.marks
        ],
    }


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
