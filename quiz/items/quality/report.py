"""The report on a bank's items: how many there are, what guessing reaches, what is wrong with which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from quiz.items.item import Item, Kind
from quiz.items.quality.checks import Fault, faults
from quiz.items.quality.guessers import Guess, guesses
from quiz.items.quality.stems import asked_twice

LIMIT: Final = 0.04
"""How far from chance a guesser may be."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured over all items of a bank."""

    kinds: Mapping[Kind, int]
    guesses: tuple[Guess, ...]
    faults: tuple[Fault, ...]

    @property
    def broken(self) -> tuple[Guess, ...]:
        """The guessers that know too much."""
        return tuple(guess for guess in self.guesses if guess.breaks(LIMIT))

    @property
    def good(self) -> bool:
        return not self.faults and not self.broken

    def as_dict(self) -> dict[str, object]:
        """All figures as JSON holds them; shares are from 0 to 1."""
        guesses = [
            {
                "takes": guess.name,
                "items": guess.items,
                "accuracy": round(guess.accuracy, 4),
                "chance": round(guess.chance, 4),
                "interval": [round(end, 4) for end in guess.interval],
                "broken": guess in self.broken,
            }
            for guess in self.guesses
        ]
        faults = [{"item": f.item.id, "code": f.code, "message": f.message} for f in self.faults]
        return {"items": dict(self.kinds), "limit": LIMIT, "guesses": guesses, "faults": faults}


def measure(items: Iterable[Item], levels: Mapping[int, str]) -> Quality:
    """Measure all `items` of a bank; `levels` names the level of each question."""
    everything = list(items)
    by_level: dict[str, list[Item]] = defaultdict(list)
    for item in everything:
        by_level[levels.get(item.question, "")].append(item)
    found = [fault for item in everything for fault in faults(item)]
    found += [fault for group in by_level.values() for fault in asked_twice(group)]
    kinds = Counter(item.kind for item in everything)
    return Quality(
        {kind: kinds[kind] for kind in Kind if kinds[kind]}, tuple(guesses(everything)), tuple(found)
    )
