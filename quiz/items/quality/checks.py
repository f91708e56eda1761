"""Checks of each item: what a learner could answer from the item alone, or could answer in two ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from quiz.items.item import Item, Kind
from quiz.items.options import clash, shown
from quiz.items.quality.guessers import options
from quiz.items.traits import word_set
from quiz.items.wording import words
from quiz.source.markdown import plain

CONTAINED, SHOWN, AMBIGUOUS, LOOSE = "Q001", "Q002", "Q004", "Q005"
_PLACE = re.compile(r"(first|second|third|then|next|after that|finally|lastly|last|step \d+|\d+[.)])\b", re.I)
_SHORTEST: Final = 2
"""Characters of an answer from which its standing in the stem is no accident."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one item."""

    item: Item
    code: str
    message: str


def faults(item: Item) -> Iterator[Fault]:
    """All that is wrong with an item by itself."""
    for code, check in _CHECKS.get(item.kind, ()):
        yield from (Fault(item, code, message) for message in check(item))


def _one_says_the_other(item: Item) -> Iterator[str]:
    for one, other in combinations(map(plain, options(item)), 2):
        if clash(one, other):
            yield f"the option `{one}` and the option `{other}` say nearly the same, or one holds the other"


def _shows_the_right_option(item: Item) -> Iterator[str]:
    right, *wrong = map(plain, options(item))
    if wrong and shown(plain(item.stem), right, wrong):
        yield f"the stem repeats the words of the right option `{right}` and of no other"


def _shows_an_answer(item: Item) -> Iterator[str]:
    for answer in item.answers:
        if len(answer) >= _SHORTEST and _stands_in(answer, item.stem):
            yield f"the stem shows the answer `{answer}`"


def _fits_twice(item: Item) -> Iterator[str]:
    for side, texts in (("left", item.prompts), ("right", (*item.answers, *item.distractors))):
        for one, other in combinations(map(plain, texts), 2):
            if _same(one, other):
                yield f"on the {side}, `{one}` and `{other}` cannot be told apart"


def _moves(item: Item) -> Iterator[str]:
    for one, other in combinations(map(plain, item.answers), 2):
        if _same(one, other):
            yield f"the steps `{one}` and `{other}` cannot be told apart"
    for step in item.answers:
        if _PLACE.match(plain(step)):
            yield f"the step `{step}` says where it stands"


def _same(one: str, other: str) -> bool:
    first, second = word_set(one), word_set(other)
    return first == second if first and second else one.strip() == other.strip()


def _stands_in(answer: str, stem: str) -> bool:
    return bool(words(answer)) and f" {' '.join(words(answer))} " in f" {' '.join(words(stem))} "


_Check = Callable[[Item], Iterator[str]]
_CHECKS: Final[Mapping[Kind, Sequence[tuple[str, _Check]]]] = {
    Kind.CHOICE: ((CONTAINED, _one_says_the_other), (SHOWN, _shows_the_right_option)),
    Kind.RECALL: ((SHOWN, _shows_an_answer),),
    Kind.CLOZE: ((SHOWN, _shows_an_answer),),
    Kind.COMMAND: ((SHOWN, _shows_an_answer),),
    Kind.MATCHING: ((AMBIGUOUS, _fits_twice),),
    Kind.ORDERING: ((LOOSE, _moves),),
}
