"""All items of a question. To add a kind, add a file with `KIND` and `derive` and name it here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from quiz.items import choice, recall
from quiz.items.item import Item, Kind
from quiz.source.question import Question

DERIVATIONS: Final[dict[Kind, Callable[[Question], Iterator[Item]]]] = {
    recall.KIND: recall.derive,
    choice.KIND: choice.derive,
}


def derive_items(question: Question) -> list[Item]:
    """The items of one question, each with an id of its own.

    They depend on nothing but the question, so a build redoes only those of changed files.
    """
    seen: Counter[str] = Counter()
    items = []
    for derive in DERIVATIONS.values():
        for item in derive(question):
            seen[item.id] += 1
            count = seen[item.id]
            items.append(item if count == 1 else replace(item, key=f"{item.key}-{count}"))
    return items
