"""All items of a question: those of its author, then those that each kind derives, less the author's vetoes.

To add a kind, add a file with `KIND` and `derive` and name it here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from quiz.items import authored, choice, cloze, command, matching, ordering, recall
from quiz.items.item import Item, Kind
from quiz.source.question import Question, Veto

DERIVATIONS: Final[dict[Kind, Callable[[Question], Iterator[Item]]]] = {
    recall.KIND: recall.derive,
    choice.KIND: choice.derive,
    cloze.KIND: cloze.derive,
    ordering.KIND: ordering.derive,
    matching.KIND: matching.derive,
    command.KIND: command.derive,
}


def derive_items(question: Question) -> list[Item]:
    """The items of one question, each with an id of its own.

    They depend on nothing but the question, so a build redoes only those of changed files.
    """
    vetoed = {veto.item for veto in question.without}
    return [item for item in _all(question) if _name(item) not in vetoed]


def names(question: Question) -> list[str]:
    """The names by which an author can veto the question's items: kind and key."""
    return [_name(item) for item in _all(question)]


def unknown_vetoes(question: Question) -> Iterator[Veto]:
    """The vetoes that name no item of the question's."""
    known = set(names(question)) if question.without else set()
    return (veto for veto in question.without if veto.item not in known)


def _name(item: Item) -> str:
    return f"{item.kind}/{item.key}"


def _all(question: Question) -> list[Item]:
    seen: Counter[str] = Counter()
    items = []
    for derive in (authored.derive, *DERIVATIONS.values()):
        for item in derive(question):
            seen[item.id] += 1
            count = seen[item.id]
            items.append(item if count == 1 else replace(item, key=f"{item.key}-{count}"))
    return items
