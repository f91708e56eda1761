"""What became of one answer."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.grading.grade import Grade, Rating


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer with its score, 0 to 1, and the rating that follows from it.

    `suggested` is None where only the learner can judge. `grade` says why, for free text; it is None
    where the learner asked for the answer without giving one. `remarks` say in words what was wrong, or
    what was forgiven.
    """

    answer: str
    score: float
    suggested: Rating | None
    grade: Grade | None = None
    remarks: tuple[str, ...] = ()


GAVE_UP = Outcome("", 0.0, Rating.AGAIN)
