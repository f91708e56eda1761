"""Markdown: one paper a variant and one key, readable as they are and in any viewer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from quiz.exams.paper import Exam, Paper, PaperItem, PaperSection, in_points, option_letter
from quiz.exams.pool import Candidate
from quiz.exams.record import MADE_BY
from quiz.items.item import Kind
from quiz.source.markdown import plain

LABEL: Final = "papers and a key to read in any viewer"
CARRIES: Final = frozenset(Kind)

_RULE = "_" * 80
# A rendered rule, with room above it to write on.
_FEWEST_LINES, _MOST_LINES = 5, 12
_COMMAND_LINES = 3
# A link to another file of the bank leads nowhere from an exam's folder.
_BANK_LINK = re.compile(r"\[([^\]]*)\]\((?!\w+:)[^)\s]*\.md(?:#[^)\s]*)?\)")

_HEADINGS: Final = {
    Kind.CHOICE: "Choose one",
    Kind.MATCHING: "Match",
    Kind.ORDERING: "Put in order",
    Kind.CLOZE: "Fill the gap",
    Kind.COMMAND: "Write the command",
    Kind.RECALL: "Answer in your own words",
}
_HOW_TO: Final = {
    Kind.CHOICE: "Where there are boxes, exactly one option is right: tick it.",
    Kind.MATCHING: "Where there are two lists, write before each number the letter that belongs to it.",
    Kind.ORDERING: "Where there are steps, write their letters in the right order.",
    Kind.CLOZE: "Where there is a gap, write what belongs there.",
    Kind.COMMAND: "Where a command is asked for, write it in full, as you would type it.",
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
    for section in paper.sections:
        yield from _section(section)
    yield f"End of paper {paper.id}"


def _section(section: PaperSection) -> Iterator[str]:
    yield f"## {section.title}" if section.title else ""
    yield away_from_the_bank(section.instructions)
    kind = None
    for placed in section.items:
        if placed.item.kind is not kind:
            kind = placed.item.kind
            yield f"**{_HEADINGS[kind]}**" if section.title else f"## {_HEADINGS[kind]}"
        yield f"### {placed.number}. ({_worth(placed)})"
        yield away_from_the_bank(placed.item.stem)
        yield from _answer_space(placed)


def _instructions(exam: Exam) -> str:
    count = exam.blueprint.count
    size = f"{count} {'item' if count == 1 else 'items'}, {in_points(exam.points)} in all."
    minutes = exam.blueprint.minutes
    time = [f"You have {minutes} {'minute' if minutes == 1 else 'minutes'}."] if minutes else []
    costs = any(placed.wrong for placed in exam.papers[0].items)
    guessing = ["A wrong choice takes points off, none does not."] if costs else []
    how_to = [text for kind, text in _HOW_TO.items() if kind in exam.kinds]
    return " ".join([size, *time, *how_to, *guessing])


def _worth(placed: PaperItem) -> str:
    return in_points(placed.points) + (f"; wrong: {-placed.wrong:g}" if placed.wrong else "")


def _answer_space(placed: PaperItem) -> Iterator[str]:
    match placed.item.kind:
        case Kind.CHOICE:
            yield _lettered("- ☐ ", placed.options)
        case Kind.MATCHING:
            yield "\n".join(
                f"{number}. ____ {_in_a_list(prompt)}" for number, prompt in enumerate(placed.prompts, 1)
            )
            yield _lettered("- ", placed.options)
        case Kind.ORDERING:
            yield _lettered("- ", placed.options)
            yield f"Order: {' '.join(['____'] * len(placed.options))}"
        case Kind.CLOZE:
            yield f"In the gap: {'_' * 40}"
        case Kind.COMMAND:
            yield from [_RULE] * _COMMAND_LINES
        case Kind.RECALL:
            yield from [_RULE] * min(_MOST_LINES, max(_FEWEST_LINES, 2 + placed.candidate.points))


def _lettered(lead: str, options: Iterable[str]) -> str:
    return "\n".join(
        f"{lead}**{option_letter(index)}** {_in_a_list(option)}" for index, option in enumerate(options)
    )


# The key


def _key(exam: Exam) -> Iterator[str]:
    yield f"<!-- {MADE_BY} {exam.id} -->"
    yield f"# Key: {exam.blueprint.title}"
    yield f"Exam **{exam.id}** · {in_points(exam.points)} · seed {exam.blueprint.seed}"
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
        cells = [_answer_cell(placed, entries[placed.item.id]) for placed in places]
        rows.append([str(places[0].number), *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _answer_cell(placed: PaperItem, entry: int) -> str:
    return f"{_answer(placed) or 'in words'} (item {entry})"


def _answer(placed: PaperItem) -> str:
    """What a marker looks for, as short as it can be said; empty where it takes more than a glance."""
    if placed.item.kind is Kind.MATCHING:
        pairs = (f"{number}{letter}" for number, letter in enumerate(placed.letters, 1))
        return f"**{' '.join(pairs)}**"
    if placed.item.kind is Kind.CLOZE:
        return f"**{_in_a_list(placed.item.answers[0])}**".replace("|", "\\|")
    return f"**{', '.join(placed.letters)}**" if placed.letters else ""


def _key_to(exam: Exam, number: int, candidate: Candidate) -> Iterator[str]:
    item = candidate.item
    places = [(paper.label, placed) for paper in exam.papers if (placed := paper.place_of(candidate))]
    yield f"### Item {number} ({_worth(places[0][1])})"
    yield "; ".join(_place(label, placed) for label, placed in places) + "."
    yield away_from_the_bank(item.stem)
    yield from _marking_guide(candidate) if item.kind is Kind.RECALL else _right_answer(candidate)
    yield _origin(exam, candidate)


def _place(label: str, placed: PaperItem) -> str:
    answer = f", answer {_answer(placed)}" if placed.letters else ""
    return f"{label}: no. {placed.number}{answer}"


def _right_answer(candidate: Candidate) -> Iterator[str]:
    item = candidate.item
    match item.kind:
        case Kind.MATCHING:
            pairs = zip(item.prompts, item.answers, strict=True)
            yield "\n".join(f"- {_in_a_list(left)}: {_in_a_list(right)}" for left, right in pairs)
        case Kind.ORDERING:
            yield "\n".join(f"{place}. {_in_a_list(step)}" for place, step in enumerate(item.answers, 1))
        case Kind.COMMAND:
            yield from (f"```bash\n{command}\n```" for command in item.answers)
        case _:
            yield "Answer: " + " / ".join(_in_a_list(answer) for answer in item.answers)
    # Of these the explanation only says the same again.
    if item.explanation and item.kind not in (Kind.MATCHING, Kind.ORDERING):
        yield "Explanation:"
        yield _quoted(item.explanation)


def _marking_guide(candidate: Candidate) -> Iterator[str]:
    question = candidate.question
    if question.key_points:
        yield "Key points:"
        yield "\n".join(
            f"- {in_points(point.weight)}: {_in_a_list(point.text)}" for point in question.key_points
        )
    else:
        yield f"No key points: mark the answer as a whole, with 0 to {in_points(candidate.points)}."
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


def away_from_the_bank(markdown: str) -> str:
    """Without links to files of the bank: they are not beside an exam."""
    return _BANK_LINK.sub(r"\1", markdown)


def _in_a_list(markdown: str) -> str:
    """One line, whatever it was."""
    return " ".join(away_from_the_bank(markdown).split())


def _quoted(markdown: str) -> str:
    """A block quote, in which headings, fences and tables stay what they are and disturb nothing outside."""
    lines = away_from_the_bank(markdown).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)
