"""Choice: one right option among four.

Three sources give options that are certainly wrong without knowing any other question: common mistakes and
key points among one another, the rows of a table, and the columns of a comparison.
"""

from __future__ import annotations

from collections.abc import Iterator

from quiz.items import comparisons, rows, statements
from quiz.items.item import Item, Kind
from quiz.items.stems import each_once
from quiz.source import markdown
from quiz.source.markdown import Table, plain
from quiz.source.question import Question

KIND = Kind.CHOICE


def derive(question: Question) -> Iterator[Item]:
    """All choice items that the question's key points, common mistakes and tables give."""
    yield from each_once(_all(question))


def _all(question: Question) -> Iterator[Item]:
    yield from statements.derive(question)
    for section in question.sections:
        for table in map(_plain, markdown.tables(section.markdown)):
            yield from rows.derive(question, section, table)
            yield from comparisons.derive(question, section, table)


def _plain(table: Table) -> Table:
    """The table without emphasis, which would make options stand out."""
    rows = tuple(tuple(map(plain, row)) for row in table.rows)
    return Table(tuple(map(plain, table.header)), rows, table.line)
