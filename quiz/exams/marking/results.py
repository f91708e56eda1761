"""The results of an exam: what everybody earned, in data that reports and later runs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from quiz.exams.marking.judging import LOW, Mark, State
from quiz.exams.marking.key import Key
from quiz.exams.marking.roster import Learner
from quiz.exams.marking.sittings import Problem

NEAR: Final = 0.03
"""Share of all points within which a sitting is near the pass line."""
_NOT_SETTLED_BY_LOOKING: Final = 0.95
"""Near the pass line, whatever is less certain than this is looked at."""


@dataclass(frozen=True, slots=True)
class Result:
    """One sitting, marked. `learner` and `name` are pseudonyms where those are wanted."""

    learner: str
    name: str
    paper: str
    marks: tuple[Mark, ...]
    of: float
    pass_mark: float | None

    @property
    def points(self) -> float:
        """What was earned; what is taken off for wrong choices never leads below nothing."""
        return max(0.0, sum(mark.points for mark in self.marks))

    @property
    def share(self) -> float:
        return self.points / self.of if self.of else 0.0

    @property
    def passed(self) -> bool | None:
        """None where the exam has no pass mark."""
        # Half a billionth, since points are sums of fractions.
        return None if self.pass_mark is None else self.share >= self.pass_mark - 5e-10

    @property
    def near(self) -> bool:
        """Whether little would change who passes."""
        return self.pass_mark is not None and abs(self.share - self.pass_mark) <= NEAR

    def doubts(self) -> tuple[Mark, ...]:
        """The marks that a person should look at."""
        return tuple(mark for mark in self.marks if reason_to_look(self, mark))


@dataclass(frozen=True, slots=True)
class Results:
    """All sittings of an exam that could be marked, and what could not."""

    key: Key
    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    absent: tuple[Learner, ...] = ()
    """Who is in the list of learners and has no mark."""


def reason_to_look(result: Result, mark: Mark) -> str:
    """Why a person should look at the mark, in words; empty where there is no need."""
    if mark.state is State.SETTLED:
        return ""
    if mark.state is State.UNREADABLE:
        return "; ".join(mark.remarks).rstrip(".")
    if mark.confidence < LOW:
        return f"low confidence ({mark.confidence:.2f})"
    if result.near and mark.confidence < _NOT_SETTLED_BY_LOOKING and mark.state is not State.BLANK:
        return "near the pass line"
    return ""
