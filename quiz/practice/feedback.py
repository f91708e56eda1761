"""What is said after an answer: what is right, and of the explanation only what goes beyond that."""

from __future__ import annotations

import re

from quiz.items.item import Item
from quiz.practice.kinds.face import Face, Listing
from quiz.practice.outcome import Outcome

_NUMBER = re.compile(r"^\s*\d+\.\s", re.MULTILINE)


def solution_to_show(face: Face, item: Item, options: tuple[str, ...], outcome: Outcome) -> Listing | None:
    """What is right; None where the learner has just said it in the same way."""
    said = outcome.score >= 1 and not outcome.remarks and not face.LINES
    return None if said else face.solution(item, options)


def explanation_beyond(item: Item, shown: Listing | None) -> str:
    """The explanation, unless what is shown says all of it already."""
    if shown is None:
        return item.explanation
    from quiz.items.wording import undated, words  # reads Markdown, which the first prompt need not wait for

    known = {word for text in (item.stem, *shown.texts) for word in words(text)}
    return "" if set(words(undated(_NUMBER.sub("", item.explanation)))) <= known else item.explanation
