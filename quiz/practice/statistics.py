"""What a learner's history says: what comes due, what is retained, how steadily, and where the gaps are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from quiz.practice import schedule as fsrs
from quiz.practice.combining import schedule_of
from quiz.practice.history import ItemHistory
from quiz.practice.optimising import Accuracy, Prediction, accuracy
from quiz.practice.tuning import Tuning

FORECAST_DAYS: Final = 14
RECENT_DAYS: Final = 30
LEAST_PREDICTIONS: Final = 20
"""With fewer reviews there is nothing to say about the calibration of the schedule."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of practice, in the learner's own time zone."""

    day: date
    reviews: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Retention:
    """Of reviews that came a day or more after the one before, the share that was recalled."""

    target: float
    recent: float | None
    recent_reviews: int
    all_time: float | None
    reviews: int


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row with practice: those that reach until today or yesterday, and the most ever."""

    now: int
    longest: int


@dataclass(frozen=True, slots=True)
class TopicStrength:
    """How much of a topic's items is met, and how likely those are recalled now, 0 to 1."""

    topic: str
    title: str
    items: int
    met: int
    recall: float | None


@dataclass(frozen=True, slots=True)
class WeakPoint:
    """A key point that was missed again and again in free answers."""

    question: int
    text: str
    missed: int
    asked: int


@dataclass(frozen=True, slots=True)
class Band:
    """Reviews that were predicted to be recalled about equally likely."""

    predicted: float
    recalled: float
    reviews: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """All of it. `forecast` begins with what is due today, what is overdue included."""

    reviews: int
    items: int
    seconds: float
    forecast: tuple[tuple[date, int], ...]
    days: tuple[Day, ...]
    retention: Retention
    streak: Streak
    topics: tuple[TopicStrength, ...]
    weakest: tuple[WeakPoint, ...]
    calibration: Accuracy | None
    bands: tuple[Band, ...]


def forecast(items: Iterable[ItemHistory], now: datetime, zone: tzinfo) -> tuple[tuple[date, int], ...]:
    """How many items come due on each of the next days; today holds what is overdue as well."""
    today = now.astimezone(zone).date()
    counts: Counter[date] = Counter()
    for item in items:
        if item.schedule and item.suspended is None:
            due = fsrs.from_microseconds(item.schedule.due).astimezone(zone).date()
            counts[max(due, today)] += 1
    return tuple((day, counts[day]) for day in (today + number * _DAY for number in range(FORECAST_DAYS)))


def days(items: Iterable[ItemHistory], zone: tzinfo) -> tuple[Day, ...]:
    """Every day with practice, in order."""
    reviews: Counter[date] = Counter()
    seconds: defaultdict[date, float] = defaultdict(float)
    for item in items:
        for review in item.reviews:
            day = fsrs.from_microseconds(review.at).astimezone(zone).date()
            reviews[day] += 1
            seconds[day] += review.seconds
    return tuple(Day(day, reviews[day], seconds[day]) for day in sorted(reviews))


def streak(practised: Sequence[Day], today: date) -> Streak:
    """Yesterday's streak lives until today ends."""
    runs: list[list[date]] = []
    for day in practised:
        if runs and day.day - runs[-1][-1] == _DAY:
            runs[-1].append(day.day)
        else:
            runs.append([day.day])
    alive = bool(runs) and today - runs[-1][-1] <= _DAY
    return Streak(len(runs[-1]) if alive else 0, max(map(len, runs), default=0))


def retention(found: Sequence[Prediction], tuning: Tuning, now: datetime) -> Retention:
    recent = [one for one in found if one.at > now - RECENT_DAYS * _DAY]
    return Retention(tuning.retention, _recalled(recent), len(recent), _recalled(found), len(found))


def strengths(
    items: Iterable[ItemHistory],
    topics: Mapping[str, str],
    filed: Mapping[int, Sequence[str]],
    offered: Counter[int],
    now: datetime,
    tuning: Tuning,
) -> tuple[TopicStrength, ...]:
    """Every topic with its title from `topics`, the weakest first and those never met last.

    `filed` gives the topics of a question, `offered` the number of its items.
    """
    totals: Counter[str] = Counter()
    for question, count in offered.items():
        totals.update(dict.fromkeys(filed.get(question, ()), count))
    recalls: defaultdict[str, list[float]] = defaultdict(list)
    for item in items:
        if item.schedule:
            likely = fsrs.retrievability(schedule_of(item.schedule), now, tuning)
            for topic in filed.get(item.question, ()):
                recalls[topic].append(likely)
    found = (
        TopicStrength(topic, title, totals[topic], len(recalls[topic]), _mean(recalls[topic]))
        for topic, title in topics.items()
        if totals[topic]
    )
    return tuple(sorted(found, key=lambda one: (one.recall is None, one.recall or 0.0, one.title)))


def bands(found: Sequence[Prediction]) -> tuple[Band, ...]:
    """The predictions in five parts of equal size, least likely first."""
    ordered = sorted(found, key=lambda one: one.likely)
    parts = (ordered[len(ordered) * n // 5 : len(ordered) * (n + 1) // 5] for n in range(5))
    return tuple(
        Band(
            sum(one.likely for one in part) / len(part),
            sum(one.recalled for one in part) / len(part),
            len(part),
        )
        for part in parts
        if part
    )


def calibration(found: Sequence[Prediction]) -> Accuracy | None:
    """None where there are too few reviews to say."""
    return accuracy(found) if len(found) >= LEAST_PREDICTIONS else None


def _recalled(found: Sequence[Prediction]) -> float | None:
    return _mean([float(one.recalled) for one in found])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
