"""What a rubric states, and how far something that a learner says agrees with it or denies it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quiz.grading.clauses import Polarity
from quiz.grading.lexicon import AFFIRMATIONS, DENIALS
from quiz.grading.reading import Unit
from quiz.grading.stemmer import stem
from quiz.grading.terms import Stems


@dataclass(slots=True)
class Statement:
    """One statement: its stems, what it is about, and the weight of its stems.

    The stems of the subject itself are left out: they say what it is about, not what it says. `negative` is
    True for a statement that itself denies something, `bad` for one that speaks of a fault ("blocks").
    """

    unit: Unit
    stems: dict[str, Polarity]
    body: float
    negative: bool
    bad: bool

    @property
    def subject(self) -> Stems | None:
        return self.unit.subject


# "It is not true that ..." says no more than "not".
_VERDICTS = frozenset(map(stem, AFFIRMATIONS | DENIALS))


@dataclass(slots=True)
class Overlap:
    """How much weight of a unit's words each statement shares, by place.

    `same` is in the same sense; `lacking` and `denied` are affirmed by the statement but not by the unit, and
    `all` counts these and the other way round too. `body` is the weight of all words of the unit, also of
    those that the rubric does not have.
    """

    unit: Unit
    body: float
    all: list[float]
    same: list[float]
    lacking: list[float]
    denied: list[float]

    def net(self, place: int, diagnostic: bool) -> float:
        """What is said in the same sense less what is denied; where faults are asked for, a lack agrees."""
        lacking = self.lacking[place]
        return self.same[place] - self.denied[place] + (lacking if diagnostic else -lacking)

    def likeness(self, place: int, body: float) -> float:
        """The weight of the words in common with a statement of this body, of the words of both (Dice)."""
        return 2 * self.all[place] / (self.body + body)


@dataclass
class Statements:
    """Statements indexed by their stems.

    `faults` are the stems of words that speak of something bad, `stray` the weight of a word of an answer
    that no statement has.
    """

    weights: Mapping[str, float]
    faults: frozenset[str] = frozenset()
    stray: float = 1.0
    entries: list[Statement] = field(default_factory=list)
    _postings: dict[str, list[tuple[int, bool]]] = field(default_factory=dict)
    _places: dict[object, int] = field(default_factory=dict)

    def add(self, units: Iterable[Unit]) -> list[int]:
        """Add units as statements; returns their places. Equal ones share a place, empty ones have none."""
        places = []
        for unit in units:
            about = unit.subject or ()
            stems = {root: polarity for root, polarity in unit.stems.items() if root not in about}
            if not stems:
                continue
            key = (frozenset(stems.items()), unit.subject, tuple(unit.mentions), unit.negators)
            if key not in self._places:
                self._places[key] = len(self.entries)
                for root, polarity in stems.items():
                    self._postings.setdefault(root, []).append((len(self.entries), bool(polarity)))
                body = sum(self.weights[root] for root in stems)
                negative, bad = any(stems.values()), not self.faults.isdisjoint(stems)
                self.entries.append(Statement(unit, stems, body, negative, bad))
            places.append(self._places[key])
        return places

    def overlap(self, unit: Unit) -> Overlap:
        """The overlap of a unit with every statement, in their order."""
        nothing = [0.0] * len(self.entries)
        total, same, lacking, denied = nothing, nothing.copy(), nothing.copy(), nothing.copy()
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
            for place, stated_negative in postings.get(root, ()):
                total[place] += weight
                if stated_negative == (polarity > 0):
                    same[place] += weight
                elif polarity == 2:
                    denied[place] += weight
                elif polarity:
                    lacking[place] += weight
        return Overlap(unit, body, total, same, lacking, denied)
