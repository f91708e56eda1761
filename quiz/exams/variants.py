"""The variants of an exam: the same items in other orders, their options shuffled."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from quiz.exams.paper import PaperItem
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind

# On paper, what is ticked comes before what is written.
_KIND_ORDER: Final = (Kind.CHOICE, Kind.MATCHING, Kind.ORDERING, Kind.CLOZE, Kind.COMMAND, Kind.RECALL)
# Few items have few orders: after so many tries a variant may be like an earlier one.
_TRIES: Final = 50


def lay_out(candidates: Sequence[Candidate], seed: int, labels: Sequence[str]) -> list[tuple[PaperItem, ...]]:
    """The items of each variant, in the order of `labels`.

    Items of one kind stay together. No two variants are alike as long as there are enough orders.
    """
    layouts: list[tuple[PaperItem, ...]] = []
    for label in labels:
        for attempt in range(_TRIES):
            layout = _shuffled(candidates, random.Random(f"{seed}/{label}/{attempt}"))  # noqa: S311 - no secret
            if layout not in layouts:
                break
        layouts.append(layout)
    return layouts


def _shuffled(candidates: Sequence[Candidate], chance: random.Random) -> tuple[PaperItem, ...]:
    order = sorted(candidates, key=lambda candidate: candidate.item.id)
    chance.shuffle(order)
    order.sort(key=lambda candidate: _KIND_ORDER.index(candidate.item.kind))
    return tuple(
        PaperItem(number, candidate, _options(candidate.item, chance))
        for number, candidate in enumerate(order, 1)
    )


def _options(item: Item, chance: random.Random) -> tuple[str, ...]:
    """The options of a choice item, shuffled; nothing for the other kinds."""
    if item.kind is not Kind.CHOICE:
        return ()
    options = [*item.answers, *item.distractors]
    chance.shuffle(options)
    return tuple(options)
