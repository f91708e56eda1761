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
from quiz.grading.statements import Overlap, Shared, Statement
from quiz.grading.stemmer import stem

LEAST_SHARE = 0.34
"""Share of a statement's weight that a contradicting clause must take up."""
DENIED_SHARE = 0.45
"""Share of the words in common that must stand denied."""
VERBATIM, VERBATIM_STEMS = 0.88, 4
"""A sentence as like a statement as this (Dice) turns it round if it has more negators than that, or fewer."""
_MARGIN = 0.10
_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit of the answer: its overlap with every statement, and the weight that the best right one vouches for."""

    overlap: Overlap
    vouched: float


@dataclass(frozen=True, slots=True)
class Stance:
    """What an answer makes of one statement: how far its best clause supports it, and denies it (shares)."""

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
    support = attack = 0.0
    evidence = offence = reason = ""
    for one in said:
        shared = one.overlap.shared(place)
        if not shared.all:
            continue
        unit = one.overlap.unit
        against, why = _against(prepared, statement, unit, shared)
        if against > one.vouched * 1.0001:
            if against / statement.body > attack:
                attack, offence, reason = against / statement.body, unit.text, why
        elif not against:
            net = shared.same - shared.denied + (shared.lacking if prepared.diagnostic else -shared.lacking)
            if net / statement.body > support:
                support, evidence = net / statement.body, unit.text
    return Stance(support, attack, evidence, offence, reason)


def turned_round(prepared: Prepared, place: int, said: Sequence[Judged]) -> bool:
    """Whether a sentence of the answer is the statement at `place` almost word for word, but for a denial."""
    entries = prepared.statements.entries
    statement = entries[place]
    if len(statement.stems) < VERBATIM_STEMS:
        return False
    best = max(said, key=lambda one: one.overlap.likeness(place, statement.body), default=None)
    if best is None or (likeness := best.overlap.likeness(place, statement.body)) < VERBATIM:
        return False
    unit = best.overlap.unit
    if unit.negators == statement.negators:
        return False
    # A negator may also be lost to a misspelling; then there is a word left that the statement does not have.
    if unit.negators < statement.negators and unit.stems.keys() - {
        *statement.stems,
        *(statement.subject or ()),
    }:
        return False
    return not any(
        entries[right].negators == unit.negators
        and best.overlap.likeness(right, entries[right].body) >= likeness
        for right in prepared.rights
    )


def _vouched(prepared: Prepared, overlap: Overlap) -> float:
    same, lacking, denied, rival = overlap.same, overlap.lacking, overlap.denied, prepared.subjects.rival
    subject = overlap.unit.subject
    entries = prepared.statements.entries
    best = 0.0
    for place in prepared.rights:
        net = same[place] - lacking[place] - denied[place]
        if net > best and not rival(subject, entries[place].subject):
            best = net
    return best


def _against(prepared: Prepared, statement: Statement, unit: Unit, shared: Shared) -> tuple[float, str]:
    """The weight with which a unit contradicts a statement, and how; 0 if it does not."""
    body, same = statement.body, shared.same
    subjects = prepared.subjects
    if subjects.rival(unit.subject, statement.subject):
        if same < LEAST_SHARE * body:
            return 0.0, ""
        said, meant = subjects.name(unit.subject), subjects.name(statement.subject)
        return same, f"you say this of the {said}, but it is true of the {meant}"
    if shared.all < LEAST_SHARE * body:
        return 0.0, ""
    counted = shared.denied if prepared.diagnostic or statement.bad else shared.lacking + shared.denied
    if counted >= DENIED_SHARE * shared.all and not statement.negative:
        return counted, "you deny it"
    reverse = opposite(statement, unit)
    if reverse and same >= LEAST_SHARE * body and len(unit.stems.keys() & statement.stems.keys()) >= _OTHERS:
        return same, "you say {0} where it is {1}".format(*reverse)
    return 0.0, ""


def opposite(statement: Statement, unit: Unit) -> tuple[str, str] | None:
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
