"""Which of a question's common mistakes an answer makes."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.grading.contradiction import Judged
from quiz.grading.prepared import Prepared

LEAST_SHARE = 0.60
"""Share of the wrong statement's weight that one sentence or clause must say."""
_CLEARLY = 0.05
_LEAST_WORDS = 2


def made(prepared: Prepared, said: Sequence[Judged]) -> list[int]:
    """Indexes of the mistakes that a clause or sentence is clearly more like than any right statement."""
    return [
        index
        for index, places in enumerate(prepared.wrongs)
        if any(_claims(prepared, place, one) for place in places for one in said)
    ]


def _claims(prepared: Prepared, place: int, one: Judged) -> bool:
    wrong = prepared.statements.entries[place]
    if one.overlap.same[place] < LEAST_SHARE * wrong.body:
        return False
    stems = one.overlap.unit.stems.keys()
    named = stems >= set(wrong.subject or ())
    if len(stems & wrong.stems.keys()) < (_LEAST_WORDS if named else _LEAST_WORDS + 1):
        return False
    likeness = _likeness(prepared, place, one)
    return likeness > _CLEARLY + max(
        (_likeness(prepared, right, one) for right in prepared.rights), default=0.0
    )


def _likeness(prepared: Prepared, place: int, one: Judged) -> float:
    """The weight of the words that a unit and a statement share in the same sense, of both (Dice)."""
    statement, overlap = prepared.statements.entries[place], one.overlap
    if prepared.subjects.rival(overlap.unit.subject, statement.subject):
        return 0.0
    shared = overlap.same[place] - overlap.lacking[place] - overlap.denied[place]
    return 2 * shared / (statement.body + overlap.body)
