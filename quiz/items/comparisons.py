"""Choice from tables that compare subjects side by side: an aspect a row, a subject a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quiz.items.item import Item, Kind
from quiz.items.options import Lots, best_of, chance, clash, propose
from quiz.items.rows import compares
from quiz.items.setting import setting
from quiz.items.traits import telling_words
from quiz.items.wording import slug
from quiz.source.markdown import Table
from quiz.source.question import Question, Section

# Where a cell builds on the other one, both may hold for the same subject.
_LEANS = re.compile(r"\b(also|and more|besides|in addition|likewise|plus|same|too)\b", re.IGNORECASE)


def derive(question: Question, section: Section, table: Table) -> Iterator[Item]:
    """Each aspect for one of four subjects or more; and what holds for one subject and not for another."""
    if compares(table):
        yield from _aspects(question, section, table)
        yield from _subjects(question, section, table)


def _aspects(question: Question, section: Section, table: Table) -> Iterator[Item]:
    for row in table.rows:
        aspect, cells = row[0], dict(zip(table.header[1:], row[1:], strict=False))
        for subject in sorted(cells, key=lambda name: chance(str(question.number), aspect, name)):
            stem = f"{setting(question.prompt)}\n\n**{aspect}**, with **{subject}**: which of these?"
            key = f"table-{slug(subject)}-{slug(aspect)}"
            others = [cell for name, cell in cells.items() if name != subject and cell]
            best = (
                propose(cells[subject], others, stem, Lots.of(f"{question.number}/{key}"))
                if cells[subject]
                else None
            )
            if best:
                owners = {cell: name for name, cell in cells.items()}
                yield Item(
                    question=question.number,
                    kind=Kind.CHOICE,
                    key=key,
                    stem=stem,
                    answers=(best.right,),
                    distractors=best.distractors,
                    explanation=f"**{aspect}**:\n\n"
                    + "\n".join(f"- {owners[cell]}: {cell}" for cell in (best.right, *best.distractors)),
                    section=section.title,
                    difficulty=0.45,
                )
                break


def _subjects(question: Question, section: Section, table: Table) -> Iterator[Item]:
    names = table.header
    for one in range(1, len(names)):
        other = one % (len(names) - 1) + 1
        if one != other and names[one] and names[other]:
            yield from _only(question, section, table, (one, other))


def _only(question: Question, section: Section, table: Table, columns: tuple[int, int]) -> Iterator[Item]:
    """Which line holds for the subject of the first column, where the other lines hold for the second."""
    subject, contrast = (table.header[column] for column in columns)
    stem = f"{setting(question.prompt)}\n\nWhich of these holds for **{subject}** and not for **{contrast}**?"
    if any(_LEANS.search(row[column]) for row in table.rows for column in columns):
        return
    named = telling_words(subject) | telling_words(contrast)
    lines = {_line(row, columns[0]): _line(row, columns[1]) for row in table.rows if _contrasts(row, columns)}
    silent = [line for pair in lines.items() for line in pair if not telling_words(line) & named]
    pools = {
        right: [wrong for own, wrong in lines.items() if own != right and wrong in silent]
        for right in lines
        if right in silent
    }
    best = best_of(pools, stem, f"{question.number}/{slug(section.title)}/{slug(subject)}")
    if best is None:
        return
    yield Item(
        question=question.number,
        kind=Kind.CHOICE,
        key=f"only-{slug(subject)}-{slug(best.right)}",
        stem=stem,
        answers=(best.right,),
        distractors=best.distractors,
        explanation=f"- **{subject}**: {best.right}\n- **{contrast}**: {lines[best.right]}\n\n"
        f"The others hold for **{contrast}**.",
        section=section.title,
        difficulty=0.4,
    )


def _line(row: Sequence[str], column: int) -> str:
    return f"{row[0]}: {row[column]}"


def _contrasts(row: Sequence[str], columns: tuple[int, int]) -> bool:
    """Whether the row says two clearly different things of the two subjects."""
    one, other = (row[column] for column in columns)
    return bool(one and other) and not clash(one, other)
