"""Stems that ask nearly the same: one question under two keys.

Items of one question share its setting, so paragraphs that two stems have in common do not count: what is
left is what each of them asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from quiz.items.item import Item, Kind
from quiz.items.wording import words

TOO_CLOSE: Final = 90.0
"""Percent, by the ratio of the sorted words: the same words in another order count as the same."""
SHORTER: Final = TOO_CLOSE / (200 - TOO_CLOSE)
"""A text that is shorter than this share of another cannot be so close to it."""


def paragraphs(item: Item) -> tuple[str, ...]:
    """What a learner reads before answering; the parts of a matching or an order belong to it."""
    parts = item.stem.split("\n\n")
    if item.kind in (Kind.MATCHING, Kind.ORDERING):
        parts += [*item.prompts, *item.answers]
    return tuple(" ".join(words(part)) for part in parts)


def ask_the_same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two items of one question and kind, given by their paragraphs, ask nearly the same."""
    from rapidfuzz import fuzz

    mine = [part for part in one if part not in other]
    theirs = [part for part in other if part not in one]
    if not (mine and theirs):
        return not (mine or theirs)
    shorter, longer = sorted((sum(map(len, mine)), sum(map(len, theirs))))
    if shorter < SHORTER * longer - len(mine) - len(theirs):  # spares the sorting
        return False
    return bool(fuzz.ratio(in_order(mine), in_order(theirs), score_cutoff=TOO_CLOSE))


def in_order(parts: Iterable[str]) -> str:
    """All words of the parts, sorted."""
    return " ".join(sorted(word for part in parts for word in part.split()))


def each_once(items: Iterable[Item]) -> Iterator[Item]:
    """The items of one question and kind without those that ask nearly what an earlier one asks."""
    seen: list[tuple[str, ...]] = []
    for item in items:
        asked = paragraphs(item)
        if not any(ask_the_same(asked, earlier) for earlier in seen):
            seen.append(asked)
            yield item
