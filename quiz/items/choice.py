"""Choice: one right option among four.

Three sources give options that are certainly wrong without knowing any other question:
a common mistake among key points ("which is wrong?"), a key point among common mistakes
("which is right?"), and the other rows of a table's column ("which fix belongs to this cause?").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quiz.items.item import Item, Kind
from quiz.items.wording import near_duplicates, slug, statement
from quiz.source import markdown
from quiz.source.markdown import plain
from quiz.source.question import Question, Section

KIND = Kind.CHOICE
DISTRACTORS = 3

# In a table that compares subjects side by side, the first column holds aspects, and another row of
# the same column is no plausible wrong answer.
_ASPECT_HEADERS = frozenset(
    ("", "aspect", "attribute", "criterion", "dimension", "feature", "property", "question", "topic")
)


def derive(question: Question) -> Iterator[Item]:
    """All choice items that the question's key points, common mistakes and tables give."""
    yield from _odd_ones_out(question)
    yield from _right_ones(question)
    for section in question.sections:
        yield from _table_rows(question, section)


def _odd_ones_out(question: Question) -> Iterator[Item]:
    truths = [statement(point.text) for point in question.key_points]
    for mistake in question.mistakes:
        wrong = statement(mistake.wrong)
        distractors = _pick(wrong, truths)
        if distractors:
            yield Item(
                question=question.number,
                kind=KIND,
                key=f"wrong-{slug(wrong)}",
                stem=f"{question.prompt}\n\nThree of these statements are right. Which one is **wrong**?",
                answers=(wrong,),
                distractors=distractors,
                explanation=mistake.right,
                section="Common mistakes",
                difficulty=0.35,
            )


def _right_ones(question: Question) -> Iterator[Item]:
    mistakes = [statement(mistake.wrong) for mistake in question.mistakes]
    for point in question.key_points:
        truth = statement(point.text)
        distractors = _pick(truth, mistakes)
        if distractors:
            yield Item(
                question=question.number,
                kind=KIND,
                key=f"right-{slug(truth)}",
                stem=f"{question.prompt}\n\nWhich of these statements is **right**?",
                answers=(truth,),
                distractors=distractors,
                explanation=" ".join(
                    mistake.right for mistake in question.mistakes if statement(mistake.wrong) in distractors
                ),
                section="Key points",
                difficulty=0.3,
            )


def _table_rows(question: Question, section: Section) -> Iterator[Item]:
    for table in markdown.tables(section.markdown, section.line + 1):
        if plain(table.header[0]).lower() in _ASPECT_HEADERS:
            continue
        for column in range(1, len(table.header)):
            if not _side_by_side(table.header[0], table.header[column]):
                yield from _column(question, section, table, column)


def _side_by_side(first: str, wanted: str) -> bool:
    """Whether two columns hold the same kind of thing ("EC2 launch type", "Fargate launch type")."""
    return bool(set(plain(first).lower().split()) & set(plain(wanted).lower().split()))


def _column(question: Question, section: Section, table: markdown.Table, column: int) -> Iterator[Item]:
    first, wanted = plain(table.header[0]), plain(table.header[column])
    cells = [row[column].strip() for row in table.rows]
    for row in table.rows:
        right = row[column].strip()
        distractors = _pick(right, cells)
        if distractors and row[0].strip():
            given = f"**{first}**: {row[0].strip()}"
            yield Item(
                question=question.number,
                kind=KIND,
                key=f"table-{slug(wanted)}-{slug(row[0])}",
                stem=f"{question.prompt}\n\n{given}\n\n**{wanted}**: which of these?",
                answers=(right,),
                distractors=distractors,
                explanation=f"{given}\n\n**{wanted}**: {right}",
                section=section.title,
                difficulty=0.45,
            )


def _pick(right: str, pool: Iterable[str]) -> tuple[str, ...]:
    """The three of `pool` nearest to `right` in length, all different from it and from one another.

    Like lengths keep the right option from standing out. Empty where there are not three.
    """
    chosen: list[str] = []
    if not right:
        return ()
    for candidate in sorted(pool, key=lambda text: (abs(len(text) - len(right)), text)):
        if candidate and not _clashes(candidate, (right, *chosen)):
            chosen.append(candidate)
        if len(chosen) == DISTRACTORS:
            return tuple(chosen)
    return ()


def _clashes(candidate: str, others: Sequence[str]) -> bool:
    return any(near_duplicates(candidate, other) for other in others)
