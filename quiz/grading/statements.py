"""What a rubric states, and how far something that a learner says agrees with it or denies it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from quiz.grading.clauses import Polarity
from quiz.grading.lexicon import AFFIRMATIONS, DENIALS
from quiz.grading.reading import Unit
from quiz.grading.stemmer import stem
from quiz.grading.vocabulary import Stems


@dataclass(slots=True)
class Statement:
    """One statement: its stems, what it is about, and the weight of its stems.

    The stems of the subject itself are left out: they say what it is about, not what it says. `negative` is
    True for a statement that itself denies something, with so many `negators`; `bad` for one that speaks of
    a fault ("blocks").
    """

    text: str
    stems: dict[str, Polarity]
    subject: Stems | None
    body: float
    negative: bool
    bad: bool
    negators: int


# "It is not true that ..." says no more than "not".
_VERDICTS = frozenset(map(stem, AFFIRMATIONS | DENIALS))


class Shared(NamedTuple):
    """The weight of the words that a unit shares with one statement, by how both use them."""

    same: float
    lacking: float
    denied: float
    affirmed: float

    @property
    def all(self) -> float:
        return self.same + self.lacking + self.denied + self.affirmed


@dataclass(slots=True)
class Overlap:
    """How much weight of a unit's words each statement shares.

    `same` is in the same sense; `lacking` and `denied` are affirmed by the statement but not by the unit, and
    `affirmed` the other way round.
    `body` is the weight of all words of the unit, also of those that the rubric does not have.
    """

    unit: Unit
    body: float
    same: list[float]
    lacking: list[float]
    denied: list[float]
    affirmed: list[float]

    def likeness(self, place: int, body: float) -> float:
        """The weight of the words in common with a statement of this body, of the words of both (Dice)."""
        return 2 * self.shared(place).all / (self.body + body)

    def shared(self, place: int) -> Shared:
        """What the unit shares with the statement at `place`."""
        return Shared(self.same[place], self.lacking[place], self.denied[place], self.affirmed[place])


@dataclass
class Statements:
    """Statements indexed by their stems.

    `faults` are the stems of words that speak of something bad, `stray` the weight of a word of an answer that
    no statement has.
    """

    weights: Mapping[str, float]
    faults: frozenset[str] = frozenset()
    stray: float = 1.0
    entries: list[Statement] = field(default_factory=list)
    _postings: dict[str, list[tuple[int, bool]]] = field(default_factory=dict)

    def add(self, units: Iterable[Unit]) -> range:
        """Add units as statements; returns their places. Those without a word are left out."""
        begin = len(self.entries)
        for unit in units:
            about = unit.subject or ()
            stems = {root: polarity for root, polarity in unit.stems.items() if root not in about}
            if not stems:
                continue
            for root, polarity in stems.items():
                self._postings.setdefault(root, []).append((len(self.entries), bool(polarity)))
            body = sum(self.weights[root] for root in stems)
            negative, bad = any(stems.values()), not self.faults.isdisjoint(stems)
            self.entries.append(Statement(unit.text, stems, unit.subject, body, negative, bad, unit.negators))
        return range(begin, len(self.entries))

    def overlap(self, unit: Unit) -> Overlap:
        """The overlap of a unit with every statement, in their order."""
        count = len(self.entries)
        same, lacking, denied, affirmed = ([0.0] * count for _ in range(4))
        about = unit.subject or ()
        weights, postings = self.weights, self._postings
        body = 0.0
        for root, polarity in unit.stems.items():
            if root in about:
                continue
            if root not in weights:
                body += 0.0 if root in _VERDICTS else self.stray
                continue
            weight = weights[root]
            body += weight
            against = (affirmed, lacking, denied)[polarity]
            for place, stated_negative in postings.get(root, ()):
                if stated_negative == bool(polarity):
                    same[place] += weight
                else:
                    against[place] += weight
        return Overlap(unit, body, same, lacking, denied, affirmed)
