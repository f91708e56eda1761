"""Moodle XML: one file for Moodle's question bank, with a category for each variant and section.

Choice is a multichoice question, cloze a shortanswer (Moodle puts its field into a gap of five underscores),
ordering the ordering type (part of Moodle since 4.4), matching a match, and what people have to read, recall
and command, an essay with information for graders.

https://docs.moodle.org/en/Moodle_XML_format
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quiz.exams.formats import html_text, solution
from quiz.exams.formats.moodle_grades import fraction_for_wrong, idnumber
from quiz.exams.paper import Exam, Paper, PaperItem, PaperSection
from quiz.items.item import Kind

LABEL: Final = "questions for Moodle's question bank"
CARRIES: Final = frozenset(Kind)
FILE_NAME: Final = "moodle.xml"

_TYPES: Final = {
    Kind.CHOICE: "multichoice",
    Kind.CLOZE: "shortanswer",
    Kind.ORDERING: "ordering",
    Kind.MATCHING: "match",
    Kind.RECALL: "essay",
    Kind.COMMAND: "essay",
}
_LINES: Final = {Kind.RECALL: "15", Kind.COMMAND: "5"}


def render(exam: Exam) -> dict[str, bytes]:
    """Raises UserError for points off that Moodle has no fraction for."""
    quiz = Element("quiz")
    for paper in exam.papers:
        for number, section in enumerate(paper.sections, 1):
            quiz.append(_category(exam, paper, section, number))
            quiz.extend([_question(placed) for placed in section.items])
    indent(quiz)
    return {FILE_NAME: tostring(quiz, encoding="utf-8", xml_declaration=True) + b"\n"}


def _category(exam: Exam, paper: Paper, section: PaperSection, number: int) -> Element:
    """A slash parts categories; one within a name is written twice."""
    names = [f"{exam.blueprint.title} ({exam.id})"]
    names += [f"Variant {paper.label}"] if len(exam.papers) > 1 else []
    names += [section.title or f"Section {number}"] if len(paper.sections) > 1 else []
    question = Element("question", type="category")
    path = "/".join(html_text.text(name).replace("/", "//") for name in names)
    _text(question, "category", f"$course$/top/{path}")
    instructions = [exam.blueprint.instructions] if number == 1 else []
    info = html_text.block("\n\n".join([*instructions, section.instructions]))
    _text(question, "info", info, format="html")
    return question


def _question(placed: PaperItem) -> Element:
    item = placed.item
    question = Element("question", type=_TYPES[item.kind])
    _text(question, "name", solution.name(placed))
    _text(question, "questiontext", html_text.block(item.stem), format="html")
    _text(question, "generalfeedback", solution.feedback(placed.candidate), format="html")
    SubElement(question, "defaultgrade").text = f"{placed.points:g}"
    SubElement(question, "penalty").text = "0"
    SubElement(question, "hidden").text = "0"
    SubElement(question, "idnumber").text = idnumber(item.id)
    _ANSWERS[item.kind](question, placed)
    tags = SubElement(question, "tags")
    for tag in _tags(placed):
        _text(tags, "tag", tag)
    return question


def _tags(placed: PaperItem) -> Iterator[str]:
    yield placed.candidate.question.level
    yield from placed.candidate.question.topics


def _choice(question: Element, placed: PaperItem) -> None:
    SubElement(question, "single").text = "true"
    # The order of the paper is kept, so that the letters are those of the key.
    SubElement(question, "shuffleanswers").text = "false"
    SubElement(question, "answernumbering").text = "ABCD"
    wrong = fraction_for_wrong(placed)
    for option in placed.options:
        fraction = "100" if option in placed.item.answers else wrong
        _text(question, "answer", html_text.inline(option), fraction=fraction, format="html")


def _shortanswer(question: Element, placed: PaperItem) -> None:
    SubElement(question, "usecase").text = "0"
    for answer in placed.item.answers:
        # A bare asterisk would stand for any text.
        words = html_text.text(answer).replace("*", "\\*")
        _text(question, "answer", words, fraction="100", format="plain_text")


def _ordering(question: Element, placed: PaperItem) -> None:
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", str(len(placed.item.answers))),
        ("gradingtype", "ABSOLUTE_POSITION"),
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    ):
        SubElement(question, name).text = value
    for place, step in enumerate(placed.item.answers, 1):
        _text(question, "answer", html_text.inline(step), fraction=f"{place:.7f}", format="html")


def _match(question: Element, placed: PaperItem) -> None:
    SubElement(question, "shuffleanswers").text = "false"
    pairs = [
        (html_text.inline(left), right) for left, right in zip(placed.prompts, placed.answers, strict=True)
    ]
    # A right side without a left one is a distractor.
    pairs += [("", distractor) for distractor in placed.item.distractors]
    for left, right in pairs:
        pair = _text(question, "subquestion", left, format="html")
        _text(pair, "answer", html_text.text(right))


def _essay(question: Element, placed: PaperItem) -> None:
    plain = placed.item.kind is Kind.COMMAND
    SubElement(question, "responseformat").text = "monospaced" if plain else "editor"
    SubElement(question, "responserequired").text = "1"
    SubElement(question, "responsefieldlines").text = _LINES[placed.item.kind]
    SubElement(question, "attachments").text = "0"
    SubElement(question, "attachmentsrequired").text = "0"
    _text(question, "graderinfo", solution.for_the_marker(placed.candidate), format="html")
    _text(question, "responsetemplate", "", format="html")


_ANSWERS: Final = {
    Kind.CHOICE: _choice,
    Kind.CLOZE: _shortanswer,
    Kind.ORDERING: _ordering,
    Kind.MATCHING: _match,
    Kind.RECALL: _essay,
    Kind.COMMAND: _essay,
}


def _text(parent: Element, name: str, words: str, **attributes: str) -> Element:
    element = SubElement(parent, name, attributes)
    SubElement(element, "text").text = words
    return element
