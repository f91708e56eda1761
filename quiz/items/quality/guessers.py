"""Guessers: ways to pick an option without knowing the subject. A good bank gives them nothing.

Where a guesser finds several options equal, it draws one, so an item counts as a share of a hit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from quiz.items.item import Item, Kind
from quiz.items.traits import echo, exactness, joints, strength, telling_words, word_set

SESSIONS: Final = ("1", "2", "3")
Measure = Callable[[Item, str], float]
"""What a guesser sees in an option of an item; it takes the option with the greatest."""


@dataclass(frozen=True, slots=True)
class Guess:
    """How often a guesser finds the right option of `items` choice items, beside chance."""

    name: str
    items: int
    accuracy: float
    chance: float

    @property
    def difference(self) -> float:
        return self.accuracy - self.chance

    @property
    def interval(self) -> tuple[float, float]:
        """The accuracy with 95 % confidence (Wilson)."""
        z, count, share = 1.96, max(self.items, 1), self.accuracy
        middle = (share + z * z / (2 * count)) / (1 + z * z / count)
        spread = (
            z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
        )
        return max(0.0, middle - spread), min(1.0, middle + spread)

    def breaks(self, limit: float) -> bool:
        """Whether it is further from chance than `limit`, and not by the chance of a few items."""
        low, high = self.interval
        return abs(self.difference) > limit and not low <= self.chance <= high


def guesses(items: Iterable[Item], seeds: Sequence[str] = SESSIONS) -> list[Guess]:
    """What every guesser reaches on the choice items among `items`; each of `seeds` shuffles a session."""
    choices = [item for item in items if item.kind is Kind.CHOICE and item.distractors]
    found = [Guess(name, len(choices), *_accuracy(choices, see)) for name, see in _measures(choices).items()]
    return [*found, _most_frequent_position(choices, seeds)]


def options(item: Item) -> tuple[str, ...]:
    """All options of a choice item, the right one first."""
    return (item.answers[0], *item.distractors)


def _measures(choices: Sequence[Item]) -> Mapping[str, Measure]:
    rarity = _rarity(choices)
    return {
        "the longest option": lambda _, text: len(text),
        "the shortest option": lambda _, text: -len(text),
        "most words in common with the stem": lambda item, text: len(word_set(text) & word_set(item.stem)),
        "most telling words in common with the stem": lambda item, text: echo(text, item.stem),
        "fewest telling words in common with the stem": lambda item, text: -echo(text, item.stem),
        "the most specific: code, digits, names": lambda _, text: exactness(text),
        "the most specific: rare words": lambda _, text: rarity(text),
        "most words such as always, only, never": lambda _, text: strength(text),
        "fewest words such as always, only, never": lambda _, text: -strength(text),
        "most commas, colons, semicolons": lambda _, text: joints(text),
        "most like the other options": _likeness,
        "least like the other options": lambda item, text: -_likeness(item, text),
    }


def _likeness(item: Item, text: str) -> float:
    own = telling_words(text)
    return sum(len(own & telling_words(other)) for other in options(item) if other != text)


def _rarity(choices: Sequence[Item]) -> Callable[[str], float]:
    """How rare the words of a text are on average, among all options."""
    counts = Counter(word for item in choices for text in options(item) for word in telling_words(text))

    def rarity(text: str) -> float:
        words = telling_words(text)
        return -sum(math.log(counts[word]) for word in words) / len(words) if words else 0.0

    return rarity


def _accuracy(choices: Sequence[Item], see: Measure) -> tuple[float, float]:
    """The share of hits, and that of chance."""
    hits = chance = 0.0
    for item in choices:
        right, *wrong = (see(item, text) for text in options(item))
        most = max(right, *wrong)
        hits += (right == most) / (1 + wrong.count(most)) if right == most else 0.0
        chance += 1 / (1 + len(wrong))
    count = max(len(choices), 1)
    return hits / count, chance / count


def _most_frequent_position(choices: Sequence[Item], seeds: Sequence[str]) -> Guess:
    """Always the place where the right option stands most often, as practice shuffles them."""
    places: Counter[int] = Counter()
    for item in choices:
        for seed in seeds:
            order = list(range(len(options(item))))
            Random(f"{seed}/{item.id}").shuffle(order)  # noqa: S311 - the shuffle that practice uses
            places[order.index(0)] += 1
    count = max(len(choices), 1)
    chance = sum(1 / len(options(item)) for item in choices) / count
    most = places.most_common(1)[0][1] if places else 0
    return Guess("the most frequent position", len(choices), most / (count * len(seeds)), chance)
