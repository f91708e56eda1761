"""Which wrong options stand beside the right one, so that only knowledge tells them apart.

What shows from outside (length, words of the stem, exact names, strong words) is left to chance: for each
item, lots are drawn by its key whether the right option shall be the longest, the most exact and so on, one
time in four, and the options are chosen that agree best with the lots. The lots hang on the key alone, so a
build repeats them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from math import inf
from typing import Final, Self

from quiz.items.traits import echo, exactness, joints, strength, telling_words, word_set

DISTRACTORS: Final = 3
_OPTIONS: Final = 1 + DISTRACTORS
_WIDEST: Final = 6
"""Of so many wrong options at most, all ways to take three are weighed."""
_MANY: Final = 10
"""The same where few items are made."""
_ALIKE: Final = 0.7
"""The share of telling words in common from which two options say nearly the same."""
_SHARED: Final = 0.6
"""The share of its telling words from which a wrong option says part of what the right one says."""
_FEW: Final = 2
"""Of so few telling words one in common is as much."""
_LENGTH_WEIGHT: Final = 1.2
_WEIGHTS: Final = (1.5, 0.7, 0.7, 0.7)
"""What disagreement on words of the stem, exact names, strong words and joining marks weighs."""


@dataclass(frozen=True, slots=True)
class Look:
    """What shows of an option from outside."""

    length: int
    words: int
    traits: tuple[int, ...]

    @classmethod
    def of(cls, text: str, stem: str) -> Look:
        return cls(
            len(text),
            len(telling_words(text)),
            (echo(text, stem), exactness(text), strength(text), joints(text)),
        )


@dataclass(frozen=True, slots=True)
class Lots:
    """What chance wants of an item: the place of its right option by length, and where else it leads.

    `leads` are shares: 1 where it is to lead, 0 where not, a quarter where nothing is to lead.
    """

    place: int
    leads: tuple[float, ...]
    order: bytes
    """Draws that put candidates in order."""

    @classmethod
    def of(cls, key: str, places: Sequence[int] = range(_OPTIONS)) -> Lots:
        """The lots of a key. `places` are drawn from: one that stands twice comes up twice as often."""
        draws = blake2b(key.encode(), digest_size=64).digest()
        place, *leads = draws[:5]
        return cls(
            places[place % len(places)], tuple(float(draw % _OPTIONS == 0) for draw in leads), draws[5:]
        )

    def quiet(self) -> Self:
        """The lots of an item in which no option repeats the stem more than the others."""
        return replace(self, leads=(1 / _OPTIONS, *self.leads[1:]))

    def pick(self, texts: Sequence[str], count: int) -> list[str]:
        """Some of the texts, in the order of the lots."""
        keys = [(self.order[index % len(self.order)], index) for index in range(len(texts))]
        return [texts[index] for _, index in sorted(keys)[:count]]

    def misfit(self, right: Look, wrong: Sequence[Look], enough: float) -> float:
        """How badly the looks of an item disagree with the lots, from 0; not summed on from `enough`."""
        total = _LENGTH_WEIGHT * abs(_place(right, wrong) - self.place)
        if total >= enough:
            return total
        traits = zip(right.traits, *(look.traits for look in wrong), self.leads, _WEIGHTS, strict=True)
        for own, first, second, third, lead, weight in traits:
            total += weight * abs(share_of_lead(own, (first, second, third)) - lead)
        return total

    def refuse(self, right: Look, wrong: Sequence[Look]) -> bool:
        """Whether the right option alone repeats the stem, so much that it shows or against the lots."""
        own, best = right.traits[0], max(look.traits[0] for look in wrong)
        return own > best and (not self.leads[0] or tells(own, best, right.words))

    def exposed(self, right: Look, wrong: Sequence[Look]) -> bool:
        """Whether the right option is the longest or the shortest where the lots do not want it."""
        longest = all(look.length < right.length for look in wrong) and self.place != DISTRACTORS
        return longest or (all(look.length > right.length for look in wrong) and self.place != 0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A right option with three wrong ones, and how badly its looks disagree with the lots."""

    right: str
    distractors: tuple[str, ...]
    misfit: float
    standing_out: bool
    """Whether the right option is the longest or the shortest although the lots do not want it."""


def propose(right: str, pool: Iterable[str], stem: str, lots: Lots, widest: int = _WIDEST) -> Proposal | None:
    """The best three of `pool` to stand beside `right`; None where no three serve."""
    fitting = [text for text in dict.fromkeys(pool) if not clash(text, right) and not _overlap(text, right)]
    if len(fitting) < DISTRACTORS:
        return None
    order = lots.pick(fitting, widest)
    own, looks = Look.of(right, stem), {text: Look.of(text, stem) for text in order}
    least, best = inf, None
    for trio in _apart(order):
        wrong = [looks[text] for text in trio]
        if lots.refuse(own, wrong):
            continue
        misfit = lots.misfit(own, wrong, least)
        if misfit < least:
            least, best = misfit, trio
    if best is None:
        return None
    return Proposal(right, best, least, lots.exposed(own, [looks[text] for text in best]))


def best_of(
    pools: Mapping[str, Iterable[str]], stem: str, key: str, places: Sequence[int] = range(_OPTIONS)
) -> Proposal | None:
    """The right option, of those with pools, that agrees best with the lots; None where its length tells."""
    lots = Lots.of(key, places)
    proposals = (propose(right, pool, stem, lots, _MANY) for right, pool in pools.items())
    modest = [proposal for proposal in proposals if proposal and not proposal.standing_out]
    return min(modest, key=lambda one: (one.misfit, chance(key, one.right)), default=None)


def clash(one: str, other: str) -> bool:
    """Whether two options say so nearly the same that both could be right, or one holds the other."""
    return _clash(one, other) if one < other else _clash(other, one)


@lru_cache(maxsize=1024)
def _clash(one: str, other: str) -> bool:
    if one.lower() in other.lower() or other.lower() in one.lower():
        return True
    first, second = word_set(one), word_set(other)
    if min(len(first), len(second)) == len(first & second):
        return True
    first, second = telling_words(one), telling_words(other)
    return len(first & second) > _ALIKE * len(first | second)


def shown(stem: str, right: str, wrong: Sequence[str]) -> bool:
    """Whether the stem shows its answer: the right option repeats it as no other does."""
    return tells(echo(right, stem), max(echo(text, stem) for text in wrong), len(telling_words(right)))


def tells(own: int, best: int, words: int) -> bool:
    """Whether an option of so many words, `own` of them in the stem, leads the `best` other by far."""
    return own > best + 1 or (own > best and 2 * own >= words)


def _overlap(one: str, other: str) -> bool:
    """Whether most of what one option says is said by the other too: it might be right as well."""
    first, second = telling_words(one), telling_words(other)
    shared, shorter = len(first & second), min(len(first), len(second))
    return shared >= _SHARED * shorter if shorter > _FEW else shared > 0


def share_of_lead(right: int, wrong: Sequence[int]) -> float:
    """How often who takes the greatest takes the right one, where equals are drawn from."""
    most = max(wrong)
    if right != most:
        return 1.0 if right > most else 0.0
    return 1 / (1 + wrong.count(most))


def chance(*names: str) -> float:
    """A number from 0 to 1 that is always the same for the same names."""
    digest = blake2b("\n".join(names).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def _apart(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All threes of texts of which no two clash."""
    clashing = {pair for pair in combinations(texts, 2) if clash(*pair)}
    for trio in combinations(texts, DISTRACTORS):
        if not clashing or clashing.isdisjoint(combinations(trio, 2)):
            yield trio


def _place(right: Look, wrong: Sequence[Look]) -> int:
    return sum(look.length < right.length for look in wrong)
