"""The variants of an exam: their items in other orders, their options shuffled."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import count
from typing import Final

from quiz.exams.blueprint import SectionPlan
from quiz.exams.paper import PaperItem, PaperSection
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind

# On paper, what is ticked comes before what is written.
_KIND_ORDER: Final = (Kind.CHOICE, Kind.MATCHING, Kind.ORDERING, Kind.CLOZE, Kind.COMMAND, Kind.RECALL)
# Few items have few orders: after so many tries a variant may be like an earlier one.
_TRIES: Final = 50

Chosen = Sequence[Sequence[Candidate]]
"""The items of one paper, section by section."""


def lay_out(
    sections: Sequence[SectionPlan], chosen: Sequence[Chosen], seed: int, labels: Sequence[str]
) -> list[tuple[PaperSection, ...]]:
    """The sections of each variant: `chosen` has the items of each, in the order of `labels`.

    Items of one kind stay together. No two variants are alike as long as there are enough orders.
    """
    layouts: list[tuple[PaperSection, ...]] = []
    for label, items in zip(labels, chosen, strict=True):
        for attempt in range(_TRIES):
            layout = _shuffled(sections, items, random.Random(f"{seed}/{label}/{attempt}"))  # noqa: S311 - no secret
            if layout not in layouts:
                break
        layouts.append(layout)
    return layouts


def _shuffled(
    sections: Sequence[SectionPlan], chosen: Chosen, chance: random.Random
) -> tuple[PaperSection, ...]:
    numbers = count(1)
    laid_out = []
    for plan, candidates in zip(sections, chosen, strict=True):
        order = sorted(candidates, key=lambda candidate: candidate.item.id)
        chance.shuffle(order)
        order.sort(key=lambda candidate: _KIND_ORDER.index(candidate.item.kind))
        items = tuple(_placed(next(numbers), candidate, plan, chance) for candidate in order)
        laid_out.append(PaperSection(plan.title, plan.instructions, items))
    return tuple(laid_out)


def _placed(number: int, candidate: Candidate, plan: SectionPlan, chance: random.Random) -> PaperItem:
    item = candidate.item
    prompts = list(item.prompts)
    chance.shuffle(prompts)
    return PaperItem(
        number,
        candidate,
        _options(item, chance),
        tuple(prompts),
        candidate.points if plan.points is None else plan.points,
        plan.wrong if item.kind is Kind.CHOICE else 0,
    )


def _options(item: Item, chance: random.Random) -> tuple[str, ...]:
    """What gets letters, shuffled, the steps of an ordering never into the right order."""
    if item.kind not in (Kind.CHOICE, Kind.ORDERING, Kind.MATCHING):
        return ()
    options = [*item.answers, *item.distractors]
    chance.shuffle(options)
    while item.kind is Kind.ORDERING and tuple(options) == item.answers and len(set(options)) > 1:
        chance.shuffle(options)
    return tuple(options)
