"""When an item is asked again: a thin layer over the `fsrs` package."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self, cast

from quiz.grading.grade import Rating
from quiz.practice.tuning import USUAL, Tuning

if TYPE_CHECKING:
    from fsrs import Scheduler

SKEW = timedelta(days=1)
"""Two moments that are this far apart in the wrong order: one clock was wrong, and not just a little off."""

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


def review(schedule: Schedule | None, rating: Rating, at: datetime, tuning: Tuning = USUAL) -> Schedule:
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
    after, _ = _scheduler(tuning).review_card(card, FsrsRating(rating), at)
    due = after.due
    if schedule is not None and after.state is State.Review and tuning.fuzz is not None:
        due = at + _fuzzed(after.due - at, _fraction(tuning.fuzz, schedule.last_review))
    # Only a card that was never reviewed lacks these.
    return Schedule(
        state=after.state.value,
        step=after.step,
        stability=cast(float, after.stability),
        difficulty=cast(float, after.difficulty),
        due=due,
        last_review=cast(datetime, after.last_review),
    )


def waits(schedule: Schedule | None, at: datetime, tuning: Tuning = USUAL) -> dict[Rating, timedelta]:
    """How long until the item comes back, for each rating that may be given at `at`."""
    return {rating: review(schedule, rating, at, tuning).due - at for rating in Rating}


def replay(reviews: Iterable[tuple[Rating, datetime]], tuning: Tuning = USUAL) -> list[Schedule]:
    """The schedule after each of an item's reviews, which are in order of time."""
    states: list[Schedule] = []
    for rating, at in reviews:
        states.append(review(states[-1] if states else None, rating, at, tuning))
    return states


def retrievability(schedule: Schedule, at: datetime, tuning: Tuning = USUAL) -> float:
    """The probability, 0 to 1, that the learner recalls the item at `at`.

    The forgetting curve of FSRS 6, (1 + F t/S)^-w20 with F such that it is 0.9 at t = S; unlike the
    package, which counts whole days, in fractions of a day, so that items due on one day have an order.
    """
    days = max(timedelta(), at - schedule.last_review) / timedelta(days=1)
    decay = -_scheduler(tuning).parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    return float((1 + factor * days / schedule.stability) ** decay)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(stored: int) -> datetime:
    return _EPOCH + stored * _MICROSECOND


def _fuzzed(interval: timedelta, fraction: float) -> timedelta:
    """The interval spread by what `fraction`, 0 to 1, says; within the bounds that FSRS gives.

    Our own draw over the package's ranges: the package draws from the global random state, and then
    neither undo, replay and merge nor the site's practice page would come to the same due date.
    """
    from fsrs.scheduler import FUZZ_RANGES

    if interval.days < FUZZ_RANGES[0]["start"]:
        return interval
    delta = 1.0 + sum(
        span["factor"] * max(min(float(interval.days), span["end"]) - span["start"], 0.0)
        for span in FUZZ_RANGES
    )
    least, most = max(2, round(interval.days - delta)), round(interval.days + delta)
    return timedelta(days=min(most, least + math.floor(fraction * (most - least + 1))))


def _fraction(seed: int, moment: datetime) -> float:
    """A number from 0 to 1 that the seed and the moment of the last review decide."""
    digest = sha256(f"{seed}/{microseconds(moment)}".encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


@lru_cache(maxsize=8)
def _scheduler(tuning: Tuning) -> Scheduler:
    from fsrs import Scheduler
    from fsrs.scheduler import DEFAULT_PARAMETERS

    return Scheduler(
        parameters=tuning.parameters or DEFAULT_PARAMETERS,
        desired_retention=tuning.retention,
        learning_steps=[timedelta(minutes=step) for step in tuning.learning_steps],
        relearning_steps=[timedelta(minutes=step) for step in tuning.relearning_steps],
        enable_fuzzing=False,
    )
