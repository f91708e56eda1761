"""What the grader says of an answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum

from quiz.source.question import CommonMistake, KeyPoint, Question


class Rating(IntEnum):
    """What the scheduler is told; the values are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def label(self) -> str:
        return self.name.lower()


class Verdict(StrEnum):
    """What became of one key point in an answer."""

    COVERED = "covered"
    PARTLY = "partly"
    MISSED = "missed"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Rubric:
    """What an answer is graded against. Without key points the whole reference text is used."""

    prompt: str
    reference: str
    key_points: tuple[KeyPoint, ...] = ()
    mistakes: tuple[CommonMistake, ...] = ()

    @classmethod
    def of(cls, question: Question) -> Rubric:
        return cls(question.prompt, question.reference, question.key_points, question.mistakes)


@dataclass(frozen=True, slots=True)
class PointGrade:
    """The verdict on one key point, with the words of the answer that decided it."""

    point: KeyPoint
    verdict: Verdict
    share: float
    """How much of the point the answer says, 0 to 1."""
    evidence: tuple[str, ...] = ()
    reason: str = ""
    """In words for the learner: what kind of contradiction, or what a partly covered point fails to name."""


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of one answer: `score` 0 to 1, and why.

    `certain` is False where the answer uses none of the bank's words, so that the grader cannot tell;
    the learner is then asked to judge by the key points.
    """

    score: float
    rating: Rating
    points: tuple[PointGrade, ...] = ()
    mistakes: tuple[CommonMistake, ...] = ()
    """The common mistakes that the answer makes."""
    certain: bool = True
    remarks: tuple[str, ...] = ()
    """Guards that lowered the score (echo of the prompt, bare list, dump ...), in words for the learner."""

    def as_dict(self) -> dict[str, object]:
        """The grade as plain values, for JSON."""
        return {**asdict(self), "rating": self.rating.label}
