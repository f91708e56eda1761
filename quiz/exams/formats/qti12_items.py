"""Items as QTI 1.2 with the question types and metadata by which Canvas reads them.

https://www.imsglobal.org/question/qtiv1p2/imsqti_asi_bindv1p2.html; what Canvas writes and reads:
https://github.com/instructure/canvas-lms/blob/master/lib/cc/qti/qti_items.rb
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from quiz.exams.formats import html_text, solution
from quiz.exams.formats.xml_text import add
from quiz.exams.paper import PaperItem, PaperSection, option_letter
from quiz.items.item import Kind

_RESPONSE: Final = "response1"
_FEEDBACK: Final = "general_fb"
_TYPES: Final = {
    Kind.CHOICE: "multiple_choice_question",
    Kind.CLOZE: "short_answer_question",
    Kind.MATCHING: "matching_question",
    Kind.ORDERING: "matching_question",
    Kind.RECALL: "essay_question",
    Kind.COMMAND: "essay_question",
}


def add_text(section: Element, name: str, part: PaperSection) -> None:
    """The title and the instructions of a part of the paper: Canvas has no titled sections."""
    item = add(section, "item", ident=name, title=html_text.text(part.title))
    _metadata(item, "text_only_question", 0)
    title = f"<h3>{html_text.inline(part.title)}</h3>" if part.title else ""
    _html(add(item, "presentation"), title + html_text.block(part.instructions))


def add_item(section: Element, name: str, placed: PaperItem) -> None:
    """A question. SCORE is a percentage of its points."""
    item = add(section, "item", ident=name, title=solution.name(placed))
    _metadata(item, _TYPES[placed.item.kind], placed.points)
    presentation = add(item, "presentation")
    _html(presentation, html_text.block(placed.item.stem))
    processing = Element("resprocessing")
    outcomes = add(processing, "outcomes")
    add(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    said = solution.feedback(placed.candidate)
    if said:
        condition = add(processing, "respcondition")
        condition.set("continue", "Yes")
        add(add(condition, "conditionvar"), "other")
        add(condition, "displayfeedback", feedbacktype="Response", linkrefid=_FEEDBACK)
    _ASK[placed.item.kind](presentation, processing, placed)
    item.append(processing)
    if said:
        _html(add(add(item, "itemfeedback", ident=_FEEDBACK), "flow_mat"), said)


def _choice(presentation: Element, processing: Element, placed: PaperItem) -> None:
    response = add(presentation, "response_lid", ident=_RESPONSE, rcardinality="Single")
    _labels(response, [html_text.inline(option) for option in placed.options])
    condition = _condition(processing, "Set", 100)
    for letter in placed.letters:
        add(condition, "varequal", letter, respident=_RESPONSE)


def _cloze(presentation: Element, processing: Element, placed: PaperItem) -> None:
    _field(presentation)
    condition = _condition(processing, "Set", 100)
    for answer in placed.item.answers:
        add(condition, "varequal", html_text.text(answer), respident=_RESPONSE)


def _matching(presentation: Element, processing: Element, placed: PaperItem) -> None:
    _match(presentation, processing, placed, placed.prompts)


def _ordering(presentation: Element, processing: Element, placed: PaperItem) -> None:
    """Places with steps: Canvas has no question type for sequences that its import would read."""
    places = [f"Step {number}" for number in range(1, len(placed.letters) + 1)]
    _match(presentation, processing, placed, places)


def _match(presentation: Element, processing: Element, placed: PaperItem, left: Iterable[str]) -> None:
    share = 100 / len(placed.letters)
    for number, (prompt, letter) in enumerate(zip(left, placed.letters, strict=True), 1):
        response = add(presentation, "response_lid", ident=f"response_{number}")
        _html(response, html_text.inline(prompt))
        _labels(response, [html_text.text(option) for option in placed.options], kind="text/plain")
        condition = _condition(processing, "Add", share)
        add(condition, "varequal", letter, respident=f"response_{number}")


def _essay(presentation: Element, processing: Element, placed: PaperItem) -> None:
    """Marked by people."""
    del placed
    _field(presentation)
    condition = add(processing, "respcondition")
    condition.set("continue", "No")
    add(add(condition, "conditionvar"), "other")


_ASK: Final = {
    Kind.CHOICE: _choice,
    Kind.CLOZE: _cloze,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.RECALL: _essay,
    Kind.COMMAND: _essay,
}


def _metadata(item: Element, kind: str, points: float) -> None:
    fields = add(add(item, "itemmetadata"), "qtimetadata")
    for label, entry in (("question_type", kind), ("points_possible", f"{points:g}")):
        field = add(fields, "qtimetadatafield")
        add(field, "fieldlabel", label)
        add(field, "fieldentry", entry)


def _html(parent: Element, html: str) -> None:
    add(add(parent, "material"), "mattext", html, texttype="text/html")


def _labels(response: Element, options: Iterable[str], kind: str = "text/html") -> None:
    choices = add(response, "render_choice")
    for index, option in enumerate(options):
        label = add(choices, "response_label", ident=option_letter(index))
        add(add(label, "material"), "mattext", option, texttype=kind)


def _field(presentation: Element) -> None:
    response = add(presentation, "response_str", ident=_RESPONSE, rcardinality="Single")
    add(add(response, "render_fib"), "response_label", ident="answer1", rshuffle="No")


def _condition(processing: Element, action: str, score: float) -> Element:
    condition = add(processing, "respcondition")
    condition.set("continue", "No" if action == "Set" else "Yes")
    variables = add(condition, "conditionvar")
    add(condition, "setvar", f"{score:.2f}".removesuffix(".00"), action=action, varname="SCORE")
    return variables
