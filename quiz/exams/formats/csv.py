"""CSV: a table with a row for each item of each variant and its key, for spreadsheets and scripts.

Texts are Markdown. A cell with several values has a line for each. The file begins with a byte-order mark, by
which Excel tells that it is UTF-8.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from quiz.exams.formats.markdown import away_from_the_bank
from quiz.exams.paper import Exam, Paper, PaperItem, PaperSection, option_letter
from quiz.items.item import Kind

LABEL: Final = "a table of all items with their key"
CARRIES: Final = frozenset(Kind)
FILE_NAME: Final = "items.csv"

_BEFORE: Final = (
    "paper",
    "section",
    "number",
    "item",
    "kind",
    "question",
    "level",
    "topics",
    "points",
    "wrong",
    "stem",
    "prompts",
)
_AFTER: Final = ("key", "answers", "explanation")


def render(exam: Exam) -> dict[str, bytes]:
    """As many columns of options as the longest item has."""
    most = max(len(placed.options) for paper in exam.papers for placed in paper.items)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([*_BEFORE, *(option_letter(index) for index in range(most)), *_AFTER])
    for paper in exam.papers:
        for section in paper.sections:
            writer.writerows(_row(paper, section, placed, most) for placed in section.items)
    return {FILE_NAME: text.getvalue().encode("utf-8-sig")}


def _row(paper: Paper, section: PaperSection, placed: PaperItem, most: int) -> list[str]:
    item, question = placed.item, placed.candidate.question
    options = [away_from_the_bank(option) for option in placed.options]
    return [
        paper.id,
        section.title,
        str(placed.number),
        item.id,
        item.kind.value,
        str(question.number),
        question.level,
        "\n".join(question.topics),
        f"{placed.points:g}",
        f"{placed.wrong:g}",
        away_from_the_bank(item.stem),
        "\n".join(away_from_the_bank(prompt) for prompt in placed.prompts),
        *options,
        *[""] * (most - len(options)),
        "\n".join(placed.letters),
        "\n".join(away_from_the_bank(answer) for answer in placed.answers),
        away_from_the_bank(item.explanation),
    ]
