"""Whether an answer says the opposite of a statement: of the wrong subject, denied, or turned round.

A clause that some right statement of the rubric supports at least as well contradicts nothing: saying one
right thing must never cost what another right thing earns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quiz.grading.lexicon import OPPOSITES
from quiz.grading.prepared import Prepared
from quiz.grading.reading import Unit
from quiz.grading.statements import Overlap, Statement
from quiz.grading.stemmer import stem

LEAST_SHARE = 0.34
"""Share of a statement's weight that a contradicting clause must take up."""
DENIED_SHARE = 0.45
"""Share of the words in common that must stand denied."""
VERBATIM, VERBATIM_STEMS = 0.88, 4
"""A sentence as like a statement as this (Dice) turns it round if the number of negators differs."""
_MARGIN = 0.10
_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit of the answer: its overlap with every statement, and what the right ones vouch for."""

    overlap: Overlap
    vouched: float


@dataclass(frozen=True, slots=True)
class Stance:
    """What an answer makes of one statement: how far its best clause supports it, and denies it (shares).

    `evidence` is that clause, or else the one with the most words in common; `offence` is what denies it.
    """

    support: float = 0.0
    attack: float = 0.0
    evidence: str = ""
    offence: str = ""
    reason: str = ""

    @property
    def contradicts(self) -> bool:
        return self.attack > self.support + _MARGIN


def judged(prepared: Prepared, units: Sequence[Unit]) -> list[Judged]:
    """The units with how far the rubric's right statements say the same."""
    return [
        Judged(overlap, _vouched(prepared, overlap)) for overlap in map(prepared.statements.overlap, units)
    ]


def stance(prepared: Prepared, place: int, said: Sequence[Judged]) -> Stance:
    """The stance of an answer on the statement at `place`."""
    statement = prepared.statements.entries[place]
    body = statement.body
    support = attack = nearest = 0.0
    evidence = offence = reason = ""
    for one in said:
        overlap = one.overlap
        common = overlap.all[place]
        if not common:
            continue
        if common >= LEAST_SHARE * body:
            against, why = _against(prepared, statement, overlap, place)
            if against:
                if against > one.vouched * 1.0001 and against > attack * body:
                    attack, offence, reason = against / body, overlap.unit.text, why
                continue
        if not support and common > nearest:
            nearest, evidence = common, overlap.unit.text
        net = overlap.net(place, prepared.diagnostic)
        if net > support * body:
            support, evidence = net / body, overlap.unit.text
    return Stance(support, attack, evidence, offence, reason)


def turned_round(prepared: Prepared, place: int, said: Sequence[Judged]) -> bool:
    """Whether the answer repeats a statement almost word for word, but for a denial or its subjects."""
    statement = prepared.statements.entries[place]
    if len(statement.stems) < VERBATIM_STEMS:
        return False
    likeness, best = VERBATIM, None
    for one in said:
        if (alike := one.overlap.likeness(place, statement.body)) >= likeness:
            likeness, best = alike, one
    if best is None:
        return False
    return _turns(prepared, best.overlap.unit, statement) and not any(
        best.overlap.likeness(right, prepared.statements.entries[right].body) >= likeness
        and not _turns(prepared, best.overlap.unit, prepared.statements.entries[right])
        for right in prepared.rights
    )


def _turns(prepared: Prepared, unit: Unit, statement: Statement) -> bool:
    """Whether a sentence with the same words says the opposite."""
    if prepared.subjects.exchanged(unit.mentions, statement.unit.mentions):
        return True
    if unit.negators < statement.unit.negators:
        # A negator may also be lost to a misspelling; then there are as many words as before.
        return unit.words < statement.unit.words and unit.stems.keys() <= statement.unit.stems.keys()
    return unit.negators > statement.unit.negators


def _vouched(prepared: Prepared, overlap: Overlap) -> float:
    """The weight of the words of a unit that the best of the right statements has in the same sense.

    What is about several subjects does not say which of them is meant, so it vouches for none.
    """
    subject, rival, diagnostic = overlap.unit.subject, prepared.subjects.rival, prepared.diagnostic
    entries = prepared.statements.entries
    turns = not overlap.unit.stems.keys().isdisjoint(_opposites())
    best = 0.0
    for place in prepared.rights:
        if overlap.all[place] > best and (net := overlap.net(place, diagnostic)) > best:
            unit = entries[place].unit
            if subject and (unit.mixed or rival(subject, unit.subject)):
                continue
            if not (turns and _opposite(entries[place], overlap.unit)):
                best = net
    return best


def _against(prepared: Prepared, statement: Statement, overlap: Overlap, place: int) -> tuple[float, str]:
    """The weight with which a unit contradicts a statement that shares its words, and how; else 0."""
    unit, same = overlap.unit, overlap.same[place]
    subjects = prepared.subjects
    if unit.subject and subjects.rival(unit.subject, statement.subject):
        same = overlap.net(place, prepared.diagnostic)
        words = len(unit.stems.keys() & statement.stems.keys())
        if same < LEAST_SHARE * statement.body or words < min(_OTHERS, len(statement.stems)):
            return 0.0, ""
        said, meant = subjects.name(unit.subject), subjects.name(statement.subject)
        return same, f"you say of {said} what is true of {meant}"
    counted = overlap.denied[place]
    if not (prepared.diagnostic or statement.bad):
        counted += overlap.lacking[place]
    if counted and counted >= DENIED_SHARE * overlap.all[place] and not statement.negative:
        return counted, "you deny this"
    if same >= LEAST_SHARE * statement.body and not unit.stems.keys().isdisjoint(_opposites()):
        reverse = _opposite(statement, unit)
        if reverse and len(unit.stems.keys() & statement.stems.keys()) >= _OTHERS:
            return same, f"you say {reverse[0]} where it is {reverse[1]}"
    return 0.0, ""


def _opposite(statement: Statement, unit: Unit) -> tuple[str, str] | None:
    """A word of the unit and one of the statement that it turns round, in the same sense."""
    pairs = _opposites()
    for root, polarity in unit.stems.items():
        for other, words in pairs.get(root, ()):
            if (
                other in statement.stems
                and other not in unit.stems
                and root not in statement.stems
                and bool(statement.stems[other]) == bool(polarity)
            ):
                return words
    return None


@cache
def _opposites() -> dict[str, list[tuple[str, tuple[str, str]]]]:
    """Stem to each stem that turns it round, with both words."""
    found: dict[str, list[tuple[str, tuple[str, str]]]] = {}
    for one, other in OPPOSITES:
        first, second = stem(one), stem(other)
        found.setdefault(first, []).append((second, (one, other)))
        found.setdefault(second, []).append((first, (other, one)))
    return found
