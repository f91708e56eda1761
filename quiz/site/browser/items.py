"""Items and questions as plain values for the practice pages.

Texts are the bank's own Markdown, for grading and for the learner's history. Pages show HTML; it stands in
`html` where the few rules of `docs/assets/app/fragments.js` would not come to the same, which is seldom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from quiz.items.item import Item, Kind
from quiz.practice.kinds import cloze
from quiz.site.addresses import page_of
from quiz.site.browser import fragments
from quiz.site.browser.fragments import Rewrite
from quiz.source.question import Question


def item_record(item: Item, rewrite: Rewrite) -> dict[str, Any]:
    """An item, without what is empty."""
    record = {
        "id": item.id,
        "stem": item.stem,
        "answers": item.answers,
        "distractors": item.distractors,
        "prompts": item.prompts,
        "explanation": item.explanation,
        "section": item.section,
        "difficulty": item.difficulty,
        "html": _html(item, rewrite),
    }
    if item.kind is Kind.CLOZE:
        solution = cloze.solution(item, ()).texts[0]
        if solution != _usual_solution(item):
            record["solution"] = solution
    return {name: value for name, value in record.items() if value or name == "difficulty"}


def question_record(question: Question, rewrite: Rewrite) -> dict[str, Any]:
    """A question, with its key points for the learner's own check of a free answer."""
    points = [point.text for point in question.key_points]
    mistakes = [(mistake.wrong, mistake.right) for mistake in question.mistakes]
    record = {
        "prompt": question.prompt,
        "level": question.level,
        "topics": question.topics,
        "page": f"questions/{page_of(question).removesuffix('.md')}/",
        "points": points,
        "weights": [point.weight for point in question.key_points],
        "mistakes": mistakes,
        "lab": question.lab,
        "html": {
            name: pieces
            for name, pieces in {
                "prompt": _lines([question.prompt], rewrite),
                "points": _lines(points, rewrite),
                "mistakes": _lines([text for both in mistakes for text in both], rewrite),
            }.items()
            if pieces
        },
    }
    return {name: value for name, value in record.items() if value}


def _html(item: Item, rewrite: Rewrite) -> dict[str, Any]:
    pieces = {
        "stem": _blocks([item.stem], rewrite),
        "distractors": _lines(item.distractors, rewrite),
        "prompts": _lines(item.prompts, rewrite),
        "explanation": _blocks([item.explanation], rewrite),
    }
    if item.kind is Kind.RECALL:
        pieces["answers"] = _blocks(item.answers, rewrite)
    elif item.kind is not Kind.COMMAND:  # which is shown as it is typed
        pieces["answers"] = _lines(item.answers, rewrite)
    return {name: found for name, found in pieces.items() if found}


def _blocks(texts: Sequence[str], rewrite: Rewrite) -> list[str | None]:
    return _exceptions((fragments.block(text, rewrite), fragments.simple_block(text)) for text in texts)


def _lines(texts: Sequence[str], rewrite: Rewrite) -> list[str | None]:
    return _exceptions((fragments.line(text, rewrite), fragments.simple_line(text)) for text in texts)


def _exceptions(pairs: Iterable[tuple[str, str]]) -> list[str | None]:
    """The HTML of each text that the simple rules get wrong, in its place; nothing where there is none."""
    found = [right if right != simple else None for right, simple in pairs]
    return found if any(piece is not None for piece in found) else []


def _usual_solution(item: Item) -> str:
    return item.stem.split("\n\n")[-1].replace(fragments.GAP, f"**{item.answers[0]}**")


def counted(values: Iterable[str]) -> dict[str, int]:
    """How often each value occurs, in order of first occurrence."""
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found
