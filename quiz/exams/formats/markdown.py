"""Markdown: one paper a variant and one key, readable as they are and in any viewer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from quiz.exams.paper import Exam, Paper, PaperItem, option_letter
from quiz.exams.pool import Candidate
from quiz.exams.record import MADE_BY
from quiz.items.item import Kind
from quiz.source.markdown import plain

NAME: Final = "markdown"
CARRIES: Final = frozenset((Kind.RECALL, Kind.CHOICE))

_RULE = "_" * 80
# A rendered rule, with room above it to write on.
_FEWEST_LINES, _MOST_LINES = 5, 12
# A link to another file of the bank leads nowhere from an exam's folder.
_BANK_LINK = re.compile(r"\[([^\]]*)\]\((?!\w+:)[^)\s]*\.md(?:#[^)\s]*)?\)")

_HEADINGS: Final = {Kind.CHOICE: "Choose one", Kind.RECALL: "Answer in your own words"}
_HOW_TO: Final = {
    Kind.CHOICE: "Where there are options, exactly one is right: tick it.",
    Kind.RECALL: "Where there are lines, answer in a few sentences and use the exact terms.",
}


def render(exam: Exam) -> dict[str, bytes]:
    """The files of the exam by their names: `paper-A.md`, `paper-B.md` ..., and `key.md`."""
    texts = {f"paper-{paper.label}.md": _paper(exam, paper) for paper in exam.papers}
    texts["key.md"] = _key(exam)
    return {name: _join(blocks).encode() for name, blocks in texts.items()}


def _join(blocks: Iterable[str]) -> str:
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n"


# The paper


def _paper(exam: Exam, paper: Paper) -> Iterator[str]:
    yield f"<!-- {MADE_BY} {exam.id} -->"
    yield f"# {exam.blueprint.title}"
    yield f"Paper **{paper.id}**"
    yield f"Name: {'_' * 40} Date: {'_' * 20}"
    yield exam.blueprint.instructions or _instructions(exam)
    kind = None
    for placed in paper.items:
        if placed.candidate.item.kind is not kind:
            kind = placed.candidate.item.kind
            yield f"## {_HEADINGS[kind]}"
        yield f"### {placed.number}. ({_points(placed.candidate.points)})"
        yield _away_from_the_bank(placed.candidate.item.stem)
        yield from _answer_space(placed)
    yield f"End of paper {paper.id}"


def _instructions(exam: Exam) -> str:
    kinds = {candidate.item.kind for candidate in exam.candidates}
    count = len(exam.candidates)
    size = f"{count} {'item' if count == 1 else 'items'}, {_points(exam.points)} in all."
    return " ".join([size, *(text for kind, text in _HOW_TO.items() if kind in kinds)])


def _answer_space(placed: PaperItem) -> Iterator[str]:
    if placed.options:
        yield "\n".join(
            f"- ☐ **{option_letter(index)}** {_in_a_list(option)}"
            for index, option in enumerate(placed.options)
        )
        return
    lines = min(_MOST_LINES, max(_FEWEST_LINES, 2 + placed.candidate.points))
    yield from [_RULE] * lines


# The key


def _key(exam: Exam) -> Iterator[str]:
    yield f"<!-- {MADE_BY} {exam.id} -->"
    yield f"# Key: {exam.blueprint.title}"
    yield f"Exam **{exam.id}** · {_points(exam.points)} · seed {exam.blueprint.seed}"
    yield f"Papers: {', '.join(paper.id for paper in exam.papers)}"
    yield f"Made from {exam.bank_title}, fingerprint `{exam.fingerprint[:16]}`."
    yield "## Answers"
    yield "Find the number on the paper and the column of its variant."
    yield _answer_table(exam)
    yield "## Items"
    for number, candidate in enumerate(exam.candidates, 1):
        yield from _key_to(exam, number, candidate)


def _answer_table(exam: Exam) -> str:
    entries = {candidate.item.id: number for number, candidate in enumerate(exam.candidates, 1)}
    rows = [["No.", *(paper.label for paper in exam.papers)]]
    rows.append(["---:", *(":---" for _ in exam.papers)])
    for places in zip(*(paper.items for paper in exam.papers), strict=True):
        cells = [_answer_cell(placed, entries[placed.candidate.item.id]) for placed in places]
        rows.append([str(places[0].number), *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _answer_cell(placed: PaperItem, entry: int) -> str:
    answer = f"**{', '.join(placed.letters)}**" if placed.letters else "in words"
    return f"{answer} (item {entry})"


def _key_to(exam: Exam, number: int, candidate: Candidate) -> Iterator[str]:
    item = candidate.item
    yield f"### Item {number} ({_points(candidate.points)})"
    yield "; ".join(_place(paper, candidate) for paper in exam.papers) + "."
    yield _away_from_the_bank(item.stem)
    yield from _marking_guide(candidate) if item.kind is Kind.RECALL else _right_option(candidate)
    yield _origin(exam, candidate)


def _place(paper: Paper, candidate: Candidate) -> str:
    placed = paper.place_of(candidate)
    answer = f", answer **{', '.join(placed.letters)}**" if placed.letters else ""
    return f"{paper.label}: no. {placed.number}{answer}"


def _right_option(candidate: Candidate) -> Iterator[str]:
    item = candidate.item
    yield "Answer: " + " / ".join(_in_a_list(answer) for answer in item.answers)
    if item.explanation:
        yield "Explanation:"
        yield _quoted(item.explanation)


def _marking_guide(candidate: Candidate) -> Iterator[str]:
    question = candidate.question
    if question.key_points:
        yield "Key points:"
        yield "\n".join(
            f"- {_points(point.weight)}: {_in_a_list(point.text)}" for point in question.key_points
        )
    else:
        yield f"No key points: mark the answer as a whole, with 0 to {_points(candidate.points)}."
    if question.mistakes:
        yield "Common mistakes:"
        yield "\n".join(
            f"- Wrong: {_in_a_list(mistake.wrong)} Right: {_in_a_list(mistake.right)}"
            for mistake in question.mistakes
        )
    yield "Model answer:"
    yield _quoted("\n\n".join(candidate.item.answers))
    if question.sources:
        yield "Sources: " + ", ".join(f"<{source}>" for source in question.sources)


def _origin(exam: Exam, candidate: Candidate) -> str:
    question = candidate.question
    name = f"question {question.number}, {plain(question.prompt)}"
    if exam.repository and question.path:
        name = f"[{name}]({exam.repository.rstrip('/')}/{question.path})"
    return f"From {name} (`{candidate.item.id}`; see it with `ecsquiz show {question.number}`)."


# Text


def _points(points: int) -> str:
    return f"{points} point" if points == 1 else f"{points} points"


def _away_from_the_bank(markdown: str) -> str:
    return _BANK_LINK.sub(r"\1", markdown)


def _in_a_list(markdown: str) -> str:
    """One line, whatever it was."""
    return " ".join(_away_from_the_bank(markdown).split())


def _quoted(markdown: str) -> str:
    """A block quote, in which headings, fences and tables stay what they are and disturb nothing outside."""
    lines = _away_from_the_bank(markdown).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)
