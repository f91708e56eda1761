"""Items of a level that ask nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from quiz.items.item import Item, Kind
from quiz.items.quality.checks import Fault
from quiz.items.stems import SHORTER, TOO_CLOSE, ask_the_same, in_order, paragraphs

TWICE: Final = "Q003"


def asked_twice(items: Iterable[Item]) -> Iterator[Fault]:
    """The items, of one level, that ask what an earlier one of their kind asks."""
    kinds: dict[Kind, list[tuple[Item, tuple[str, ...]]]] = defaultdict(list)
    for item in items:
        kinds[item.kind].append((item, paragraphs(item)))
    for group in kinds.values():
        yield from _within_questions(group)
        yield from _across_questions(group)


def _within_questions(items: Sequence[tuple[Item, tuple[str, ...]]]) -> Iterator[Fault]:
    siblings: dict[int, list[tuple[Item, tuple[str, ...]]]] = defaultdict(list)
    for item, asked in items:
        earlier = siblings[item.question]
        twin = next((other for other, its in earlier if ask_the_same(asked, its)), None)
        if twin:
            yield Fault(item, TWICE, f"asks nearly what `{twin.id}` asks")
        earlier.append((item, asked))


def _across_questions(items: Sequence[tuple[Item, tuple[str, ...]]]) -> Iterator[Fault]:
    from rapidfuzz import fuzz, process

    stems = sorted(((in_order(asked), item) for item, asked in items), key=lambda one: len(one[0]))
    texts, first = [text for text, _ in stems], 0
    for index, (text, item) in enumerate(stems):
        while len(texts[first]) < SHORTER * len(text):
            first += 1
        close = process.extract_iter(text, texts[first:index], scorer=fuzz.ratio, score_cutoff=TOO_CLOSE)
        others = (stems[first + at][1] for _, _, at in close)
        twin = next((other for other in others if other.question != item.question), None)
        if twin:
            yield Fault(item, TWICE, f"asks nearly what `{twin.id}` asks")
