"""Items as QTI 2.1 assessment items, one interaction a kind, with their scoring and feedback.

https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final
from xml.etree.ElementTree import Element

from quiz.exams.formats import html_text, solution
from quiz.exams.formats.xml_text import add, add_html, document, pieces, root
from quiz.exams.paper import PaperItem, option_letter
from quiz.items.cloze import GAP
from quiz.items.item import Kind

NAMESPACE: Final = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SCHEMA: Final = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"

_RESPONSE: Final = "RESPONSE"
_LINES: Final = {Kind.RECALL: "10", Kind.COMMAND: "3"}


def identifier(placed: PaperItem) -> str:
    """Such as `item-101-cloze-5f2c0d9e1a`: the same item always has the same.

    Not the item's id, which can tell the answer: identifiers reach the learner's browser.
    """
    item = placed.item
    return f"item-{item.question}-{item.kind}-{sha256(item.id.encode()).hexdigest()[:10]}"


def assessment_item(placed: PaperItem, language: str) -> bytes:
    """The file of one item."""
    item = root("assessmentItem", NAMESPACE, SCHEMA, identifier=identifier(placed))
    item.set("title", solution.name(placed))
    item.set("adaptive", "false")
    item.set("timeDependent", "false")
    item.set("xml:lang", language)
    _BUILD[placed.item.kind](item, placed)
    _feedback(item, placed)
    return document(item, indented=False)


def _choice(item: Element, placed: PaperItem) -> None:
    scores = {
        letter: placed.points if letter in placed.letters else -placed.wrong
        for letter, _ in _lettered(placed)
    }
    declaration = _declare(item, "single", "identifier", placed.letters)
    _map(declaration, scores)
    _outcomes(item, placed)
    body = _body(item, placed)
    interaction = add(
        body, "choiceInteraction", responseIdentifier=_RESPONSE, shuffle="false", maxChoices="1"
    )
    for letter, option in _lettered(placed):
        add_html(add(interaction, "simpleChoice", identifier=letter), html_text.inline(option))
    _score_by_map(item)


def _cloze(item: Element, placed: PaperItem) -> None:
    answers = [html_text.text(answer) for answer in placed.item.answers]
    declaration = _declare(item, "single", "string", answers[:1])
    _map(declaration, dict.fromkeys(answers, placed.points))
    _outcomes(item, placed)
    body = _body(item, placed)
    width = str(max(10, *map(len, answers)))
    field = Element("textEntryInteraction", responseIdentifier=_RESPONSE, expectedLength=width)
    _put_into_gap(body, field)
    _score_by_map(item)


def _put_into_gap(body: Element, field: Element) -> None:
    for element, place, words in pieces(body):
        before, gap, after = words.partition(GAP)
        if not gap:
            continue
        field.tail = after
        setattr(element, place, before)
        if place == "text":
            element.insert(0, field)
        else:
            parent = next(parent for parent in body.iter() if element in list(parent))
            parent.insert(list(parent).index(element) + 1, field)
        return
    add(body, "p").append(field)


def _ordering(item: Element, placed: PaperItem) -> None:
    _declare(item, "ordered", "identifier", placed.letters)
    _outcomes(item, placed)
    body = _body(item, placed)
    interaction = add(body, "orderInteraction", responseIdentifier=_RESPONSE, shuffle="false")
    for letter, step in _lettered(placed):
        add_html(add(interaction, "simpleChoice", identifier=letter), html_text.inline(step))
    processing = add(item, "responseProcessing")
    for place, letter in enumerate(placed.letters, 1):
        branch = add(add(processing, "responseCondition"), "responseIf")
        match = add(branch, "match")
        add(add(match, "index", n=str(place)), "variable", identifier=_RESPONSE)
        add(match, "baseValue", letter, baseType="identifier")
        total = add(add(branch, "setOutcomeValue", identifier="SCORE"), "sum")
        add(total, "variable", identifier="SCORE")
        add(total, "baseValue", _number(placed.points / len(placed.letters)), baseType="float")
    _show_feedback(processing)


def _matching(item: Element, placed: PaperItem) -> None:
    pairs = [f"P{number} {letter}" for number, letter in enumerate(placed.letters, 1)]
    declaration = _declare(item, "multiple", "directedPair", pairs)
    _map(declaration, dict.fromkeys(pairs, placed.points / len(pairs)))
    _outcomes(item, placed)
    body = _body(item, placed)
    count = str(len(pairs))
    interaction = add(body, "matchInteraction", responseIdentifier=_RESPONSE, shuffle="false")
    interaction.set("maxAssociations", count)
    left, right = add(interaction, "simpleMatchSet"), add(interaction, "simpleMatchSet")
    for number, prompt in enumerate(placed.prompts, 1):
        choice = add(left, "simpleAssociableChoice", identifier=f"P{number}", matchMax="1")
        add_html(choice, html_text.inline(prompt))
    for letter, option in _lettered(placed):
        # As often as a learner errs, not only as often as it is right.
        choice = add(right, "simpleAssociableChoice", identifier=letter, matchMax=count)
        add_html(choice, html_text.inline(option))
    _score_by_map(item)


def _in_words(item: Element, placed: PaperItem) -> None:
    """Without response processing: a human scores it, and reads how in a rubric of their own."""
    _declare(item, "single", "string", ())
    _outcomes(item, placed)
    body = _body(item, placed)
    lines = _LINES[placed.item.kind]
    add(body, "extendedTextInteraction", responseIdentifier=_RESPONSE, expectedLines=lines)
    add_html(add(body, "rubricBlock", view="scorer"), solution.for_the_marker(placed.candidate))


_BUILD: Final = {
    Kind.CHOICE: _choice,
    Kind.CLOZE: _cloze,
    Kind.ORDERING: _ordering,
    Kind.MATCHING: _matching,
    Kind.RECALL: _in_words,
    Kind.COMMAND: _in_words,
}


def _lettered(placed: PaperItem) -> Iterable[tuple[str, str]]:
    return [(option_letter(index), option) for index, option in enumerate(placed.options)]


def _body(item: Element, placed: PaperItem) -> Element:
    body = add(item, "itemBody")
    add_html(add(body, "div"), html_text.block(placed.item.stem))
    return body


# Declarations and scoring


def _declare(item: Element, cardinality: str, base: str, right: Iterable[str]) -> Element:
    declaration = add(item, "responseDeclaration", identifier=_RESPONSE)
    declaration.set("cardinality", cardinality)
    declaration.set("baseType", base)
    values = list(right)
    if values:
        correct = add(declaration, "correctResponse")
        for value in values:
            add(correct, "value", value)
    return declaration


def _map(declaration: Element, scores: dict[str, float]) -> None:
    mapping = add(declaration, "mapping", defaultValue="0")
    for key, score in scores.items():
        entry = add(mapping, "mapEntry", mapKey=key, mappedValue=_number(score))
        if declaration.get("baseType") == "string":
            entry.set("caseSensitive", "false")


def _outcomes(item: Element, placed: PaperItem) -> None:
    for name, value in (("SCORE", 0.0), ("MAXSCORE", placed.points)):
        outcome = add(item, "outcomeDeclaration", identifier=name, cardinality="single", baseType="float")
        if name == "SCORE":
            outcome.set("normalMaximum", _number(placed.points))
            outcome.set("normalMinimum", _number(-placed.wrong))
        add(add(outcome, "defaultValue"), "value", _number(value))
    add(item, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")


def _score_by_map(item: Element) -> None:
    """No answer has no score: only a wrong one takes points off."""
    processing = add(item, "responseProcessing")
    branch = add(add(processing, "responseCondition"), "responseIf")
    add(add(add(branch, "not"), "isNull"), "variable", identifier=_RESPONSE)
    add(add(branch, "setOutcomeValue", identifier="SCORE"), "mapResponse", identifier=_RESPONSE)
    _show_feedback(processing)


def _show_feedback(processing: Element) -> None:
    """Whatever the answer was."""
    outcome = add(processing, "setOutcomeValue", identifier="FEEDBACK")
    add(outcome, "baseValue", "explanation", baseType="identifier")


def _feedback(item: Element, placed: PaperItem) -> None:
    said = solution.feedback(placed.candidate)
    if said and item.find("responseProcessing") is not None:
        feedback = add(item, "modalFeedback", outcomeIdentifier="FEEDBACK", showHide="show")
        feedback.set("identifier", "explanation")
        add_html(feedback, said)


def _number(value: float) -> str:
    return f"{value:.10g}" if value else "0"
