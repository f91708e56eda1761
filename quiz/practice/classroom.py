"""What a class has done, for its trainer: each learner's standing, and what many find hard.

Answers themselves are not in it: they are the learner's own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from quiz.bank.store import Bank
from quiz.grading.grade import Rating
from quiz.practice import statistics
from quiz.practice.combining import schedule_of
from quiz.practice.database import Database
from quiz.practice.exchange import history_of, learners
from quiz.practice.history import ItemHistory
from quiz.practice.optimising import predictions
from quiz.practice.schedule import from_microseconds, retrievability
from quiz.practice.supply import bank_slug
from quiz.practice.tuning import Tuning

HARDEST = 10
FEW = 3
"""A question that fewer learners have met says little of the class."""


@dataclass(frozen=True, slots=True)
class LearnerStanding:
    """One learner. `recall` is the mean probability of recalling, now, what was met; retention is the
    share recalled a day or more after the review before. None where there is nothing to say."""

    name: str
    reviews: int
    items: int
    seconds: float
    last: date | None
    days: int
    recall: float | None
    retention: float | None


@dataclass(frozen=True, slots=True)
class TopicStanding:
    """One topic over the class: the mean recall of what was met, by how many learners."""

    title: str
    recall: float
    learners: int


@dataclass(frozen=True, slots=True)
class HardQuestion:
    """`facility` is the share of learners whose first answer to it was right, by the mean over its items."""

    number: int
    prompt: str
    facility: float
    learners: int


@dataclass(frozen=True, slots=True)
class ClassReport:
    """Learners by name, topics and questions hardest first."""

    learners: tuple[LearnerStanding, ...]
    topics: tuple[TopicStanding, ...]
    hardest: tuple[HardQuestion, ...]


def class_report(
    bank: Bank, database: Database, now: datetime, zone: tzinfo, days: int | None = None
) -> ClassReport:
    """The class in this bank, over the last so many days or all. `now` is in UTC."""
    slug = bank_slug(bank)
    since = None if days is None else now - timedelta(days=days)
    questions = {question.number: question for question in bank.questions()}
    titles = {topic.slug: topic.title for topic in bank.spec.topics}
    filed = {number: question.topics for number, question in questions.items()}
    standings = []
    recalls: defaultdict[str, list[float]] = defaultdict(list)
    firsts: defaultdict[int, list[float]] = defaultdict(list)
    for name in learners(database):
        history = history_of(database, name)
        tuning = Tuning.from_dict(history.settings)
        items = next((found.items for found in history.banks if found.slug == slug), ())
        standings.append(_standing(name, items, tuning, now, zone, since))
        for topic in statistics.strengths(items, titles, filed, Counter(filed.keys()), now, tuning):
            if topic.recall is not None:
                recalls[topic.title].append(topic.recall)
        for number, share in _first_answers(items).items():
            firsts[number].append(share)
    return ClassReport(
        learners=tuple(standings),
        topics=_topics(recalls),
        hardest=_hardest(firsts, {number: question.prompt for number, question in questions.items()}),
    )


def _standing(
    name: str,
    items: Sequence[ItemHistory],
    tuning: Tuning,
    now: datetime,
    zone: tzinfo,
    since: datetime | None,
) -> LearnerStanding:
    practised = [
        day
        for day in statistics.days(items, zone)
        if since is None or day.day >= since.astimezone(zone).date()
    ]
    found = predictions(
        [[(one.rating, from_microseconds(one.at)) for one in item.reviews] for item in items if item.reviews],
        tuning.parameters,
    )
    recent = [one for one in found if since is None or one.at >= since]
    likely = [retrievability(schedule_of(item.schedule), now, tuning) for item in items if item.schedule]
    return LearnerStanding(
        name=name,
        reviews=sum(day.reviews for day in practised),
        items=len(likely),
        seconds=sum(day.seconds for day in practised),
        last=practised[-1].day if practised else None,
        days=len(practised),
        recall=_mean(likely),
        retention=_mean([float(one.recalled) for one in recent]),
    )


def _first_answers(items: Iterable[ItemHistory]) -> dict[int, float]:
    """By question, the share of its items that were right at the first answer."""
    right: defaultdict[int, list[float]] = defaultdict(list)
    for item in items:
        if item.reviews:
            right[item.question].append(float(item.reviews[0].rating > Rating.AGAIN))
    return {number: sum(shares) / len(shares) for number, shares in right.items()}


def _topics(recalls: Mapping[str, Sequence[float]]) -> tuple[TopicStanding, ...]:
    found = (
        TopicStanding(title, sum(values) / len(values), len(values)) for title, values in recalls.items()
    )
    return tuple(sorted(found, key=lambda one: (one.recall, one.title)))


def _hardest(firsts: Mapping[int, Sequence[float]], prompts: Mapping[int, str]) -> tuple[HardQuestion, ...]:
    found = (
        HardQuestion(number, prompts[number], sum(shares) / len(shares), len(shares))
        for number, shares in firsts.items()
        if number in prompts and len(shares) >= FEW
    )
    return tuple(sorted(found, key=lambda one: (one.facility, one.number))[:HARDEST])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
