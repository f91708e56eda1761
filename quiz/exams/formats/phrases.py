"""What the printed formats say alike: sizes, instructions, and the solution of an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from quiz.exams.paper import Exam, Paper, PaperItem, PaperSection, in_points
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind
from quiz.source.markdown import plain

HOW_TO: Final = {
    Kind.CHOICE: "Where options have letters and nothing else is said, exactly one is right.",
    Kind.MATCHING: "Where there are two columns, find the letter that belongs to each number.",
    Kind.ORDERING: "Where steps are to be put in order, give their letters in the right order.",
    Kind.CLOZE: "Where there is a gap, write what belongs there.",
    Kind.COMMAND: "Where a command is asked for, write it in full.",
    Kind.RECALL: "Everything else is answered in a few sentences: use the exact terms.",
}

HEADINGS: Final = {
    Kind.CHOICE: "Choose one",
    Kind.MATCHING: "Match",
    Kind.ORDERING: "Put in order",
    Kind.CLOZE: "Fill the gap",
    Kind.COMMAND: "Write the command",
    Kind.RECALL: "Answer in your own words",
}
HOW_TO_READ_THE_TABLE: Final = (
    "Find the number on the paper and the column of its variant. In brackets is the number of the item "
    "below; a dash stands for an answer in writing."
)
WIDE_GAP: Final = "_" * 20
"""Where an answer is written into the gap itself."""
COLUMNS: Final = 8
"""Variants side by side: more would not fit on a page."""
_COMMAND_LINES: Final = 2
_FEWEST_LINES, _MOST_LINES = 5, 12


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled piece of the solution, in Markdown."""

    label: str
    markdown: str


def parts(paper: Paper) -> Iterator[PaperSection]:
    """The sections; one without a title falls into parts of one kind each, with headings of ours."""
    for section in paper.sections:
        if section.title:
            yield section
            continue
        instructions = section.instructions
        for kind, items in groupby(section.items, key=lambda placed: placed.item.kind):
            yield PaperSection(HEADINGS[kind], instructions, tuple(items))
            instructions = ""


def worth(placed: PaperItem) -> str:
    """The points of an item, and those that a wrong answer costs."""
    cost = f", wrong −{placed.wrong:g}" if placed.wrong else ""
    return f"{in_points(placed.points)}{cost}"


def facts(exam: Exam) -> str:
    """How long a paper is, in one line."""
    items = exam.papers[0].items
    blueprint = exam.blueprint
    said = [
        f"{len(items)} {'item' if len(items) == 1 else 'items'}",
        in_points(exam.points),
    ]
    if blueprint.minutes:
        said.append(f"{blueprint.minutes} minutes")
    if blueprint.pass_mark:
        said.append(f"pass from {100 * blueprint.pass_mark:g} %")
    return " · ".join(said)


def instructions(exam: Exam) -> str:
    """Markdown: the blueprint's own, or what the kinds of items on the paper need."""
    items = exam.papers[0].items
    kinds = {placed.item.kind for placed in items}
    said = [text for kind, text in HOW_TO.items() if kind in kinds]
    if any(placed.wrong for placed in items):
        said.append("A wrong choice costs points, as it is said beside the item; no choice costs nothing.")
    return exam.blueprint.instructions or " ".join(said)


def letters(placed: PaperItem) -> str:
    """The right letters, such as B, or CADB for an order; empty where the learner writes."""
    between = " " if any(len(letter) > 1 for letter in placed.letters) else ""
    return between.join(placed.letters)


def writing_lines(placed: PaperItem) -> int:
    """How many ruled lines an answer in writing gets."""
    kind = placed.item.kind
    if kind is Kind.CLOZE:
        return 1
    if kind is Kind.COMMAND:
        return _COMMAND_LINES
    return min(_MOST_LINES, max(_FEWEST_LINES, 2 + round(placed.points)))


def answer_tables(exam: Exam) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Header and rows of the tables of answers, with a few variants each."""
    numbers = {candidate.item.id: number for number, candidate in enumerate(exam.candidates, 1)}
    for start in range(0, len(exam.papers), COLUMNS):
        papers = exam.papers[start : start + COLUMNS]
        rows = [
            [
                str(places[0].number),
                *(f"{letters(placed) or '–'} ({numbers[placed.item.id]})" for placed in places),
            ]
            for places in zip(*(paper.items for paper in papers), strict=True)
        ]
        yield ["No.", *(paper.label for paper in papers)], rows


def places(exam: Exam, candidate: Candidate) -> Iterator[str]:
    """Where each variant has the item, and with which letters."""
    for paper in exam.papers:
        for placed in paper.items:
            if placed.item.id == candidate.item.id:
                right = letters(placed)
                yield f"{paper.label}: no. {placed.number}{f', {right}' if right else ''}"


def entries(exam: Exam) -> Iterator[tuple[int, PaperItem]]:
    """What the key explains, numbered: each item once, as it stands on the first paper that has it."""
    found: dict[str, PaperItem] = {}
    for paper in exam.papers:
        for placed in paper.items:
            found.setdefault(placed.item.id, placed)
    yield from enumerate(found.values(), 1)


def solution(placed: PaperItem) -> Iterator[Part]:
    """What is right, and why."""
    item = placed.item
    if item.kind is Kind.RECALL:
        yield from _marking_guide(placed)
        return
    if not (item.kind in (Kind.ORDERING, Kind.MATCHING) and _says_it_all(item)):
        yield _right(item)
    if item.explanation:
        yield Part("Explanation", item.explanation)


def made_from(exam: Exam) -> str:
    """The seed and the bank, so that the exam can be made again."""
    seed = exam.blueprint.seed
    return f"Made with seed {seed} from {exam.bank_title}, fingerprint {exam.fingerprint[:16]}."


def origin(candidate: Candidate) -> str:
    """Where an item comes from, in words."""
    question = candidate.question
    return f"question {question.number}, {plain(question.prompt)} ({candidate.item.id})"


def _says_it_all(item: Item) -> bool:
    """Whether the explanation is the solution itself, as it is for what tables and lists give."""
    said = plain(item.explanation)
    return all(plain(answer) in said for answer in item.answers)


def _right(item: Item) -> Part:
    if item.kind is Kind.ORDERING:
        return Part("Right order", _numbered(item.answers))
    if item.kind is Kind.MATCHING:
        pairs = zip(item.prompts, item.answers, strict=True)
        return Part("What belongs together", "\n".join(f"- {left}: **{right}**" for left, right in pairs))
    if item.kind is Kind.COMMAND:
        return Part("Answer", "\n\n".join(f"```bash\n{answer}\n```" for answer in item.answers))
    return Part("Answer", " / ".join(f"**{answer}**" for answer in item.answers))


def _numbered(lines: tuple[str, ...]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def _marking_guide(placed: PaperItem) -> Iterator[Part]:
    question = placed.candidate.question
    if question.key_points:
        each = placed.points / sum(point.weight for point in question.key_points)
        said = (
            f"- {in_points(round(each * point.weight, 2))}: {_one_line(point.text)}"
            for point in question.key_points
        )
        yield Part("Key points", "\n".join(said))
    else:
        yield Part("Marking", f"No key points: mark the answer as a whole, 0 to {in_points(placed.points)}.")
    if question.mistakes:
        wrong = (
            f"- Wrong: {_one_line(mistake.wrong)} Right: {_one_line(mistake.right)}"
            for mistake in question.mistakes
        )
        yield Part("Common mistakes", "\n".join(wrong))
    yield Part("Model answer", "\n\n".join(placed.item.answers))
    if question.sources:
        yield Part("Sources", "\n".join(f"- <{source}>" for source in question.sources))


def _one_line(markdown: str) -> str:
    return " ".join(markdown.split())
