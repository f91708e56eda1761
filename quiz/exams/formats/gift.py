"""GIFT: one text file for Moodle and the many others that read it, with a category for each variant.

GIFT has no points, so each question is worth what the platform gives it; the points stand in a comment above.
It has no question type for sequences: an ordering is a matching of places with steps. What people have to
read, recall and command, is an essay, and its solution is the feedback.

https://docs.moodle.org/en/GIFT_format
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quiz.exams.formats import html_text, solution
from quiz.exams.formats.moodle_grades import fraction_for_wrong, idnumber
from quiz.exams.paper import Exam, PaperItem, in_points
from quiz.exams.record import MADE_BY
from quiz.items.cloze import GAP
from quiz.items.item import Kind

LABEL: Final = "questions as text for Moodle and others, without points"
CARRIES: Final = frozenset(Kind)
FILE_NAME: Final = "exam.gift.txt"

_ASTERISK: Final = "\\*"
_SPECIAL = re.compile(r"[\\~=#{}:]")


def render(exam: Exam) -> dict[str, bytes]:
    """Raises UserError for points off that Moodle has no fraction for."""
    return {FILE_NAME: ("\n\n".join(_blocks(exam)) + "\n").encode()}


def _blocks(exam: Exam) -> Iterator[str]:
    yield f"// {MADE_BY} {exam.id}\n// {html_text.text(exam.blueprint.title)}"
    for paper in exam.papers:
        title = html_text.text(exam.blueprint.title).replace("/", "//")
        variant = f"/Variant {paper.label}" if len(exam.papers) > 1 else ""
        yield f"$CATEGORY: $course$/top/{title} ({exam.id}){variant}"
        yield from (_question(placed) for placed in paper.items)


def _question(placed: PaperItem) -> str:
    item = placed.item
    head = f"// [id:{idnumber(item.id)}] {_tags(placed)}: {in_points(placed.points)}"
    stem = _escaped(html_text.block(item.stem))
    return f"{head}\n::{solution.name(placed)}::[html]{_with_answers(stem, placed)}"


def _tags(placed: PaperItem) -> str:
    question = placed.candidate.question
    return " ".join(f"[tag:{tag}]" for tag in (question.level, *question.topics))


def _with_answers(stem: str, placed: PaperItem) -> str:
    answers = "\n".join([*_answers(placed), *_feedback(placed)])
    braced = f"{{\n{answers}\n}}"
    if placed.item.kind is Kind.CLOZE and stem.count(GAP) == 1:
        return stem.replace(GAP, braced)
    return f"{stem} {braced}"


def _answers(placed: PaperItem) -> Iterator[str]:
    item = placed.item
    match item.kind:
        case Kind.CHOICE:
            wrong = fraction_for_wrong(placed)
            weight = f"%{wrong}%" if placed.wrong else ""
            for option in placed.options:
                lead = "=" if option in item.answers else f"~{weight}"
                yield f"\t{lead}{_escaped(_without_weight(html_text.inline(option)))}"
        case Kind.CLOZE:
            for answer in item.answers:
                # A bare asterisk would stand for any text.
                yield f"\t=[plain]{_escaped(html_text.text(answer).replace('*', _ASTERISK))}"
        case Kind.MATCHING:
            for prompt, partner in zip(placed.prompts, placed.answers, strict=True):
                yield _pair(html_text.inline(prompt), partner)
            yield from (_pair("", distractor) for distractor in item.distractors)
        case Kind.ORDERING:
            for place, step in enumerate(item.answers, 1):
                yield _pair(f"Step {place}", step)


def _without_weight(html: str) -> str:
    """An option that begins with a percent sign would be read as one with a weight."""
    return f"&#37;{html[1:]}" if html.startswith("%") else html


def _pair(left: str, right: str) -> str:
    # A right side is plain text, and an arrow in it would be another pair.
    return f"\t={_escaped(left)} -> {_escaped(html_text.text(right).replace('->', '→'))}"


def _feedback(placed: PaperItem) -> Iterator[str]:
    said = solution.feedback(placed.candidate)
    if said:
        yield f"\t####{_escaped(said)}"


def _escaped(words: str) -> str:
    """With a backslash before each sign of GIFT, in one line: breaks would end up in the middle of code."""
    escaped = _SPECIAL.sub(r"\\\g<0>", words)
    return re.sub(r"\n+", lambda match: "\\n" * len(match[0]), escaped)
