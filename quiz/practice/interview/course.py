"""Which question an interviewer asks next: harder after a good answer, easier after a poor one. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final, Self

from quiz.source.question import FollowUp, Question

START: Final = 0.25
"""Where the first question stands between the easiest, 0, and the hardest, 1."""

EXPECTED: Final = 0.55
"""An answer with this score says that the question was as hard as it should be."""

_STEP = 0.45
_AGAIN = 0.12
_CHANCE = 0.04
ENOUGH: Final = 0.75
"""Nobody asks after what was missed in an answer with at least this score."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be asked; `place` is how hard it is among all of them, 0 to 1."""

    number: int
    place: float
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """Where the interview stands. `place` is how hard the next question should be."""

    candidates: tuple[Candidate, ...]
    place: float = START
    asked: frozenset[int] = frozenset()
    topics: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, ranked: Sequence[tuple[int, tuple[str, ...]]]) -> Self:
        """`ranked` holds numbers and topics of questions, the easiest first."""
        last = max(1, len(ranked) - 1)
        return cls(
            tuple(Candidate(number, rank / last, topics) for rank, (number, topics) in enumerate(ranked))
        )

    def next(self, random: Random) -> int | None:
        """The question to ask now: hard enough, on what was not spoken of yet. None when all are asked."""
        left = [candidate for candidate in self.candidates if candidate.number not in self.asked]
        if not left:
            return None

        def unfit(candidate: Candidate) -> float:
            repeated = sum(self.topics[topic] for topic in candidate.topics) / max(1, len(candidate.topics))
            return abs(candidate.place - self.place) + _AGAIN * repeated + _CHANCE * random.random()

        return min(left, key=unfit).number

    def answered(self, question: Question, score: float | None, *, follow_up: bool = False) -> Self:
        """The course after an answer; a score of None says nothing about the learner.

        Steps become smaller, as the interviewer comes to know the learner. A follow-up moves nothing:
        it asks after what is known to be weak.
        """
        place = self.place
        if score is not None and not follow_up:
            step = _STEP / (1 + len(self.asked) / 4)
            place = min(1.0, max(0.0, place + step * (score - EXPECTED) / (1 - EXPECTED)))
        topics = self.topics + Counter(question.topics)
        return replace(self, place=place, asked=self.asked | {question.number}, topics=topics)


def follow_up(
    question: Question, missed: Iterable[str], asked: frozenset[int], prompts: dict[int, str]
) -> FollowUp | None:
    """The question's follow-up nearest to what was missed, among those that the bank can grade.

    `prompts` holds the prompts of the questions that follow-ups lead to.
    """
    from rapidfuzz import fuzz

    gap = " ".join(missed)
    open_ones = [
        following
        for following in question.follow_ups
        if following.number is not None and following.number not in asked and following.number in prompts
    ]
    if not gap or not open_ones:
        return None
    return max(
        open_ones,
        key=lambda following: fuzz.token_set_ratio(gap, f"{following.text} {prompts[following.number or 0]}"),
    )
