"""Kahoot: a spreadsheet a variant, in the columns of Kahoot's own template for importing questions.

Kahoot asks choices only, in plain text, with at most 120 characters to a question, 75 to an answer and four
answers. It scores by speed: neither points nor points off are carried.

https://support.kahoot.com/hc/en-us/articles/115002812547-How-to-import-questions-from-a-spreadsheet-to-your-kahoot
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quiz.errors import UserError
from quiz.exams.formats import html_text
from quiz.exams.formats.spreadsheet import workbook
from quiz.exams.paper import Exam, Paper, PaperItem
from quiz.items.item import Item, Kind

LABEL: Final = "choices for a game in Kahoot, without points"
CARRIES: Final = frozenset((Kind.CHOICE,))

LONGEST_QUESTION: Final = 120
LONGEST_ANSWER: Final = 75
MOST_ANSWERS: Final = 4
_SECONDS: Final = 60
"""To answer; Kahoot knows 5, 10, 20, 30, 60, 90, 120 and 240."""
_COLUMNS: Final = (
    f"Question - max {LONGEST_QUESTION} characters",
    *(f"Answer {number} - max {LONGEST_ANSWER} characters" for number in range(1, MOST_ANSWERS + 1)),
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
)
# Kahoot's template has its title and advice above, and the numbers of the questions in the first column.
_HEADER_ROW: Final = 8


def misfit(item: Item) -> str:
    """Why Kahoot cannot ask this choice; empty where it can."""
    question = html_text.text(item.stem)
    answers = [html_text.text(option) for option in (*item.answers, *item.distractors)]
    longest = max(map(len, answers))
    if len(question) > LONGEST_QUESTION:
        return f"its question has {len(question)} characters, not {LONGEST_QUESTION}"
    if longest > LONGEST_ANSWER:
        return f"an answer has {longest} characters, not {LONGEST_ANSWER}"
    if len(answers) > MOST_ANSWERS:
        return f"it has {len(answers)} answers, not {MOST_ANSWERS}"
    return ""


def render(exam: Exam) -> dict[str, bytes]:
    """`kahoot-A.xlsx`, `kahoot-B.xlsx` ... Raises UserError with the names of the items that do not fit."""
    refused = [
        f"{candidate.item.id} ({why})" for candidate in exam.candidates if (why := misfit(candidate.item))
    ]
    if refused:
        shown = "; ".join(refused[:3]) + (f"; and {len(refused) - 3} more" if len(refused) > 3 else "")
        raise UserError(
            f"Kahoot cannot ask {len(refused)} of these items: {shown}.",
            "Exclude them in the blueprint, or leave the blueprint out: then only what fits is chosen.",
        )
    return {f"kahoot-{paper.label}.xlsx": _sheet(exam, paper) for paper in exam.papers}


def _sheet(exam: Exam, paper: Paper) -> bytes:
    rows: dict[int, list[object]] = {
        2: ["", html_text.text(exam.blueprint.title)],
        3: ["", f"Paper {paper.id}"],
        _HEADER_ROW: ["", *_COLUMNS],
    }
    for place, placed in enumerate(paper.items, 1):
        rows[_HEADER_ROW + place] = [place, *_cells(placed)]
    return workbook(rows, widths=[5, 60, 30, 30, 30, 30, 14, 14])


def _cells(placed: PaperItem) -> Iterator[object]:
    yield html_text.text(placed.item.stem)
    answers = [html_text.text(option) for option in placed.options]
    yield from (answers + [""] * MOST_ANSWERS)[:MOST_ANSWERS]
    yield _SECONDS
    right = [place for place, option in enumerate(placed.options, 1) if option in placed.item.answers]
    # A single number is a number in the template, several are a text.
    yield right[0] if len(right) == 1 else ",".join(map(str, right))
