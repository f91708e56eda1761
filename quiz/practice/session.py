"""A practice session as a state machine: pure, so that every path of it can be tested without a terminal.

The face asks what `phase` it is in, does what that needs (show, read, grade, save) and says what came of
it; each method gives the session after that. Time comes in as an argument, in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from quiz.grading.grade import Rating
from quiz.practice.outcome import Outcome
from quiz.practice.progress import Receipt, Review
from quiz.practice.queue import Queue, Turn

UNDO_STEPS = 50
SOON = timedelta(hours=12)
"""What is due later than this does not come back within the session."""


class Phase(StrEnum):
    """What the session waits for."""

    ASKING = "asking"
    RATING = "rating"
    OVER = "over"


class End(StrEnum):
    """Why a session is over."""

    DONE = "done"
    LIMIT = "limit"
    TIME = "time"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: after so many answers, or at a moment. None: when nothing is left."""

    answers: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """An answer that was rated. `receipt` is what undoes its review; None where none was kept."""

    turn: Turn
    rating: Rating
    seconds: float
    receipt: Receipt | None


@dataclass(frozen=True, slots=True)
class Passed:
    """An item that was not answered: skipped, or set `aside` for good."""

    turn: Turn
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What a session has come to. `right` counts every rating above "again"."""

    reviewed: int = 0
    right: int = 0
    seconds: float = 0.0

    def plus(self, done: Done) -> Tally:
        return Tally(self.reviewed + 1, self.right + _right(done), self.seconds + done.seconds)

    def minus(self, done: Done) -> Tally:
        return Tally(self.reviewed - 1, self.right - _right(done), self.seconds - done.seconds)


@dataclass(frozen=True, slots=True)
class Session:
    """Where a session stands. Make one with `Session.begin`."""

    queue: Queue
    limits: Limits = Limits()
    phase: Phase = Phase.ASKING
    end: End | None = None
    turn: Turn | None = None
    asked_at: datetime | None = None
    outcome: Outcome | None = None
    seconds: float = 0.0
    cap: Rating = Rating.EASY
    """The best rating that may still be suggested: help lowers it."""
    hints: int = 0
    """How many hints were given to this item."""
    tally: Tally = Tally()
    done: tuple[Done | Passed, ...] = ()
    """The last steps, the newest at the end; at most `UNDO_STEPS`."""
    skipped: frozenset[str] = field(default_factory=frozenset)
    aside: frozenset[str] = field(default_factory=frozenset)
    missed: frozenset[str] = field(default_factory=frozenset)
    """The items whose last answer was rated "again"."""
    repeated: frozenset[str] = field(default_factory=frozenset)
    """The items that were put at the end once more, where no schedule brings them back."""

    @classmethod
    def begin(cls, queue: Queue, limits: Limits, at: datetime) -> Self:
        return cls(queue, limits)._next(at)

    @property
    def total(self) -> int:
        """How many answers the session will have, as far as is known now."""
        left = len(self.queue) + (self.turn is not None)
        total = self.tally.reviewed + left
        return total if self.limits.answers is None else min(total, self.limits.answers)

    @property
    def is_short(self) -> bool:
        """Whether the session ended for want of turns; there may be more by now."""
        return self.end is End.DONE

    def open_turn(self) -> Turn:
        """The turn that is being asked or rated."""
        if self.turn is None:
            raise RuntimeError("the session is over")
        return self.turn

    def answer(self) -> Outcome:
        """The outcome that is being rated."""
        if self.outcome is None:
            raise RuntimeError("nothing has been answered yet")
        return self.outcome

    def helped(self, cap: Rating) -> Self:
        """The learner looked at something that helps: no better rating than `cap` is suggested."""
        return replace(self, cap=min(self.cap, cap))

    def hinted(self, cap: Rating) -> Self:
        """The learner took a hint."""
        return replace(self.helped(cap), hints=self.hints + 1)

    def answered(self, outcome: Outcome, at: datetime) -> Self:
        """An answer was given and graded."""
        seconds = max(0.0, (at - (self.asked_at or at)).total_seconds())
        if outcome.suggested is not None:
            outcome = replace(outcome, suggested=min(outcome.suggested, self.cap))
        return replace(self, phase=Phase.RATING, outcome=outcome, seconds=seconds)

    def review(self, rating: Rating, at: datetime) -> Review:
        """What is to be kept if the learner settles on `rating`."""
        turn, outcome = self.open_turn(), self.answer()
        return Review(turn.item, rating, outcome.suggested, outcome.score, outcome.answer, self.seconds, at)

    def saved(self, rating: Rating, receipt: Receipt, at: datetime) -> Self:
        """The review was kept; on to the next item."""
        turn = replace(self.open_turn(), schedule=receipt.schedule)
        queue = self.queue.comes_back(turn) if receipt.schedule.due - at <= SOON else self.queue
        return self._rated(rating, receipt, queue, at)

    def counted(self, rating: Rating, at: datetime) -> Self:
        """The answer was rated and nothing is kept of it. What was missed comes once more, at the end."""
        turn = self.open_turn()
        if rating > Rating.AGAIN or turn.item.id in self.repeated:
            return self._rated(rating, None, self.queue, at)
        again = replace(self, repeated=self.repeated | {turn.item.id})
        return again._rated(rating, None, self.queue.at_the_end(turn), at)

    def skipping(self, at: datetime) -> Self:
        """Leave this item for another session; nothing is kept of it."""
        turn = self.open_turn()
        return replace(self, skipped=self.skipped | {turn.item.id}, done=self._steps(Passed(turn)))._next(at)

    def set_aside(self, at: datetime) -> Self:
        """The item was suspended; on to the next."""
        turn = self.open_turn()
        aside = self.aside | {turn.item.id}
        return replace(self, aside=aside, done=self._steps(Passed(turn, aside=True)))._next(at)

    def taken_back(self, at: datetime) -> Self:
        """Forget the answer that was just graded, and ask the same item again."""
        return replace(self, phase=Phase.ASKING, outcome=None, asked_at=at)

    def undone(self, at: datetime) -> Self:
        """The last step was taken back; ask its item again, and after it what was being asked."""
        *earlier, last = self.done
        item = last.turn.item.id
        queue = self.queue.without(item)
        if self.turn and self.turn.item.id != item:
            queue = queue.put_back(self.turn)
        return replace(
            self,
            queue=queue,
            phase=Phase.ASKING,
            end=None,
            turn=last.turn,
            outcome=None,
            asked_at=at,
            cap=Rating.EASY,
            hints=0,
            tally=self.tally.minus(last) if isinstance(last, Done) else self.tally,
            done=tuple(earlier),
            skipped=self.skipped - {item},
            aside=self.aside - {item},
            missed=self.missed - {item},
            repeated=self.repeated - {item},
        )

    def cannot_undo(self) -> Self:
        """The last step was built upon elsewhere: it stays, and so do those before it."""
        return replace(self, done=())

    def refilled(self, turns: Iterable[Turn], at: datetime) -> Self:
        """More is due: go on, if the session ended for want of turns. Skipped items stay out."""
        due = tuple(turn for turn in turns if turn.item.id not in self.skipped | self.aside)
        if not self.is_short or not due:
            return self
        return replace(self, queue=self.queue.refilled(due))._next(at)

    def left(self) -> Self:
        """The learner has had enough."""
        return self._over(End.LEFT)

    def _next(self, at: datetime) -> Self:
        if self.limits.answers is not None and self.tally.reviewed >= self.limits.answers:
            return self._over(End.LIMIT)
        if self.limits.until is not None and at >= self.limits.until:
            return self._over(End.TIME)
        turn, queue = self.queue.take(at)
        if turn is None:
            return self._over(End.DONE)
        return replace(
            self,
            phase=Phase.ASKING,
            end=None,
            queue=queue,
            turn=turn,
            outcome=None,
            asked_at=at,
            seconds=0.0,
            cap=Rating.EASY,
            hints=0,
        )

    def _rated(self, rating: Rating, receipt: Receipt | None, queue: Queue, at: datetime) -> Self:
        done = Done(self.open_turn(), rating, self.seconds, receipt)
        item = {done.turn.item.id}
        return replace(
            self,
            queue=queue,
            tally=self.tally.plus(done),
            done=self._steps(done),
            missed=self.missed - item if _right(done) else self.missed | item,
        )._next(at)

    def _steps(self, step: Done | Passed) -> tuple[Done | Passed, ...]:
        return (*self.done, step)[-UNDO_STEPS:]

    def _over(self, end: End) -> Self:
        return replace(self, phase=Phase.OVER, end=end, turn=None, outcome=None)


def _right(done: Done) -> int:
    return int(done.rating > Rating.AGAIN)
