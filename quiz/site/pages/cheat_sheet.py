"""A topic on a sheet of paper: its most important key points, a few tables, and the words to know.

What fits on two printed pages is chosen by weight, so that every question has its say before any has two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quiz.site.dialect import for_builders, inline
from quiz.site.pages.frame import front_matter
from quiz.source.markdown import Table, plain, tables
from quiz.source.question import BankSpec, KeyPoint, Question, Term, Topic

LENGTH: Final = 7300
"""Characters of key points: with tables and words, two pages of A4 in two columns."""
TABLES: Final = 3
TABLE_LENGTH: Final = 2000
"""Characters of all tables."""
_SHORTEST, _LONGEST = 150, 900  # characters of one table
_COLUMNS = 4

Rewrite = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A key point, and the question that it comes from."""

    question: Question
    point: KeyPoint


def cheat_sheet(
    topic: Topic,
    spec: BankSpec,
    questions: Sequence[Question],
    words: Sequence[Term],
    link: Callable[[Question], Rewrite],
) -> str:
    """The sheet of a topic. `questions` are those of the topic in the order in which they are learnt.

    `link` gives for a question what turns links of its file into links of pages beside this one.
    """
    chosen = choose_points(topic, questions)
    parts = [
        front_matter(f"{topic.title}: cheat sheet", searchable=False),
        f"# {inline(topic.title)}",
        f'<p class="facts" markdown="span">Cheat sheet · [learn this topic](../topics/{topic.slug}.md) · made'
        " to be printed: two pages at most. The numbers are those of the questions.</p>",
    ]
    if not chosen:
        return "\n\n".join([*parts, "No question yet."]) + "\n"
    parts.append('<div class="sheet" markdown="1">')
    for level in spec.levels:
        rows = [entry for entry in chosen if entry.question.level == level.slug]
        if rows:
            parts += [f"## {inline(level.title)}", _points(rows, link)]
    for question, title, table in choose_tables(topic, questions):
        heading = f"## {inline(title)} <small>[{question.number}](../questions/{question.number}.md)</small>"
        parts += [heading, for_builders(_markdown(table), link(question))]
    if words:
        rows_of_words = "\n".join(f"| **{term.name}** | {_cell(term.meaning)} |" for term in words)
        parts += ["## Words", for_builders(f"| Word | Meaning |\n|---|---|\n{rows_of_words}")]
    return "\n\n".join([*parts, "</div>"]) + "\n"


def cheat_sheets_page(topics: Sequence[Topic]) -> str:
    """All sheets."""
    rows = [f"- [{inline(topic.title)}]({topic.slug}.md)" for topic in topics]
    return (
        "\n\n".join(
            [
                front_matter("Cheat sheets", searchable=False),
                "# Cheat sheets",
                "A topic on a sheet of paper: what a good answer says, for a last look before an interview.",
                *(
                    ['<div class="overview" markdown="1">', "\n".join(rows), "</div>"]
                    if rows
                    else ["This bank files its questions under no topics."]
                ),
            ]
        )
        + "\n"
    )


def choose_points(topic: Topic, questions: Sequence[Question], length: int = LENGTH) -> list[Chosen]:
    """As many key points as `length` characters hold, in the order of the questions.

    First the weightiest point of each question, then the second of each, and so on; questions that are filed
    under the topic first of all go before those that only touch it.
    """
    ranked = {question.number: _by_weight(question) for question in questions}
    own = [question for question in questions if question.topics[:1] == (topic.slug,)]
    others = [question for question in questions if question.topics[:1] != (topic.slug,)]
    left = length
    taken: set[tuple[int, KeyPoint]] = set()
    rounds = max((len(points) for points in ranked.values()), default=0)
    for group in (own, others):
        for place in range(rounds):
            for question in group:
                if place < len(ranked[question.number]):
                    point = ranked[question.number][place]
                    left -= len(plain(point.text))
                    if left < 0:
                        return _in_order(questions, taken)
                    taken.add((question.number, point))
    return _in_order(questions, taken)


def _by_weight(question: Question) -> list[KeyPoint]:
    return sorted(question.key_points, key=lambda point: -point.weight)


def _in_order(questions: Sequence[Question], taken: set[tuple[int, KeyPoint]]) -> list[Chosen]:
    return [
        Chosen(question, point)
        for question in questions
        for point in question.key_points
        if (question.number, point) in taken
    ]


def choose_tables(topic: Topic, questions: Sequence[Question]) -> list[tuple[Question, str, Table]]:
    """A few small tables, each with its section's title: those of questions that are about little else."""
    fitting = [
        (question, title, table)
        for question in questions
        if question.topics[:1] == (topic.slug,)
        for title, table in _tables(question)
    ]
    chosen: list[tuple[Question, str, Table]] = []
    left = TABLE_LENGTH
    for entry in sorted(fitting, key=lambda entry: len(entry[0].topics)):
        size = _size(entry[2])
        if size <= left and all(entry[0].number != question.number for question, _, _ in chosen):
            chosen.append(entry)
            left -= size
    return chosen[:TABLES]


def _tables(question: Question) -> Iterator[tuple[str, Table]]:
    for section in question.sections:
        for table in tables(section.markdown):
            if len(table.header) <= _COLUMNS and _SHORTEST <= _size(table) <= _LONGEST:
                yield section.title, table


def _size(table: Table) -> int:
    return sum(len(plain(cell)) for row in (table.header, *table.rows) for cell in row)


def _markdown(table: Table) -> str:
    rows = [table.header, tuple("---" for _ in table.header), *table.rows]
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _points(rows: Sequence[Chosen], link: Callable[[Question], Rewrite]) -> str:
    items = [
        f"- {inline(entry.point.text, link(entry.question))}"
        f" <small>[{entry.question.number}](../questions/{entry.question.number}.md)</small>"
        for entry in rows
    ]
    return "\n".join(items)
