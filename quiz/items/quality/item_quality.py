"""Q001 to Q006: the items of the bank can be answered by knowledge only, and in one way only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quiz.items.authored import PREFIX
from quiz.items.derive import derive_items
from quiz.items.item import Item
from quiz.items.quality.report import LIMIT, measure
from quiz.items.wording import slug
from quiz.source.folder import BANK_FILE
from quiz.source.lint.source import Source
from quiz.source.question import Finding, Question

CODES: Final[Mapping[str, str]] = {
    "Q001": "No option of an item holds another, or says nearly the same.",
    "Q002": "No stem shows its answer.",
    "Q003": "No two items of a level ask nearly the same.",
    "Q004": "Each side of a pair differs from all others.",
    "Q005": "The steps of an order differ, and none says where it stands.",
    "Q006": "No way of guessing finds the right option more or less often than chance, by 4 points.",
}


def check(source: Source) -> Iterator[Finding]:
    questions = {question.number: question for question in source.questions}
    items = [item for question in questions.values() for item in derive_items(question)]
    quality = measure(items, {number: question.level for number, question in questions.items()})
    for fault in quality.faults:
        question = questions[fault.item.question]
        message = f"the item `{fault.item.kind}/{fault.item.key}`: {fault.message}"
        yield Finding(question.path, _line(question, fault.item), fault.code, message)
    for guess in quality.broken:
        message = (
            f"who always takes {guess.name} is right in {guess.accuracy:.0%} of {guess.items} items; "
            f"chance is {guess.chance:.0%} and may be missed by {LIMIT:.0%}. See: ecsquiz bank quality"
        )
        yield Finding(BANK_FILE, 1, "Q006", message)


def _line(question: Question, item: Item) -> int:
    """Where the item comes from: where its author wrote it, or the heading of its section."""
    for written in question.items:
        if (written.kind, f"{PREFIX}-{slug(written.name)}") == (item.kind, item.key):
            return written.line
    return next((section.line for section in question.sections if section.title == item.section), 1)
