"""When an item is asked again: a thin layer over the `fsrs` package, with its default parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Self, cast

from quiz.grading.grade import Rating

if TYPE_CHECKING:
    from fsrs import Scheduler

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A learner's FSRS state for one item that has been reviewed. Moments are in UTC.

    `state` is 1 learning, 2 review, 3 relearning; `step` counts within the learning steps and is None
    in review; `stability` is the number of days until recall is 90% likely; `difficulty` is 1 to 10.
    """

    state: int
    step: int | None
    stability: float
    difficulty: float
    due: datetime
    last_review: datetime

    def as_dict(self) -> dict[str, Any]:
        """For JSON; the moments become microseconds since 1970, so that nothing is lost."""
        return {
            "state": self.state,
            "step": self.step,
            "stability": self.stability,
            "difficulty": self.difficulty,
            "due": microseconds(self.due),
            "last_review": microseconds(self.last_review),
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        moments = {name: from_microseconds(stored[name]) for name in ("due", "last_review")}
        return cls(**{**stored, **moments})


def review(schedule: Schedule | None, rating: Rating, at: datetime) -> Schedule:
    """The schedule after a review at `at` (UTC). Without a schedule the item is new."""
    from fsrs import Card, State
    from fsrs import Rating as FsrsRating

    # Always with an id: without one, Card() sleeps for a millisecond to make its own.
    if schedule is None:
        card = Card(card_id=0, due=at)
    else:
        card = Card(
            card_id=0,
            state=State(schedule.state),
            step=schedule.step,
            stability=schedule.stability,
            difficulty=schedule.difficulty,
            due=schedule.due,
            last_review=schedule.last_review,
        )
    after, _ = _scheduler().review_card(card, FsrsRating(rating), at)
    # Only a card that was never reviewed lacks these.
    return Schedule(
        state=after.state.value,
        step=after.step,
        stability=cast(float, after.stability),
        difficulty=cast(float, after.difficulty),
        due=after.due,
        last_review=cast(datetime, after.last_review),
    )


def waits(schedule: Schedule | None, at: datetime) -> dict[Rating, timedelta]:
    """How long until the item comes back, for each rating that may be given at `at`."""
    return {rating: review(schedule, rating, at).due - at for rating in Rating}


def retrievability(schedule: Schedule, at: datetime) -> float:
    """The probability, 0 to 1, that the learner recalls the item at `at`.

    The forgetting curve of FSRS 6, (1 + F t/S)^-w20 with F such that it is 0.9 at t = S; unlike the
    package, which counts whole days, in fractions of a day, so that items due on one day have an order.
    """
    days = max(timedelta(), at - schedule.last_review) / timedelta(days=1)
    decay = -_scheduler().parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    return float((1 + factor * days / schedule.stability) ** decay)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(stored: int) -> datetime:
    return _EPOCH + stored * _MICROSECOND


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    # No fuzz: the package draws it from the global random state, and then neither undo and replay
    # nor the same history on the site's practice page would give the same due dates.
    return Scheduler(enable_fuzzing=False)
