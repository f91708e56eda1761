"""Gathering a learner's statistics from the bank and the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from quiz.bank.store import Bank
from quiz.grading.grade import Verdict
from quiz.items.item import Kind
from quiz.practice import statistics
from quiz.practice.database import Database
from quiz.practice.examiner import Examiner
from quiz.practice.exchange import history_of
from quiz.practice.history import BankHistory, ItemHistory, LearnerHistory
from quiz.practice.optimising import predictions, reviews_of
from quiz.practice.statistics import Statistics, WeakPoint
from quiz.practice.supply import bank_slug
from quiz.practice.tuning import Tuning

WEAKEST = 10
REGRADED = 300
"""So many of the newest free answers tell which key points are missed: older ones are outgrown."""


def statistics_of(bank: Bank, database: Database, learner: str, now: datetime, zone: tzinfo) -> Statistics:
    """All that the learner did in this bank, counted. `now` is in UTC, days are those of `zone`."""
    history = history_of(database, learner)
    tuning = Tuning.from_dict(history.settings)
    slug = bank_slug(bank)
    items = next((found.items for found in history.banks if found.slug == slug), ())
    here = LearnerHistory(learner, history.settings, (BankHistory(slug, items),))
    found = predictions(reviews_of(here), tuning.parameters)
    practised = statistics.days(items, zone)
    questions = bank.questions()
    return Statistics(
        reviews=here.reviews,
        items=sum(bool(item.reviews) for item in items),
        seconds=sum(day.seconds for day in practised),
        forecast=statistics.forecast(items, now, zone),
        days=practised,
        retention=statistics.retention(found, tuning, now),
        streak=statistics.streak(practised, now.astimezone(zone).date()),
        topics=statistics.strengths(
            items,
            {topic.slug: topic.title for topic in bank.spec.topics},
            {question.number: question.topics for question in questions},
            Counter(item.question for item in bank.items()),
            now,
            tuning,
        ),
        weakest=weakest_points(bank, items),
        calibration=statistics.calibration(found),
        bands=statistics.bands(found) if statistics.calibration(found) else (),
    )


def weakest_points(bank: Bank, items: Iterable[ItemHistory], count: int = WEAKEST) -> tuple[WeakPoint, ...]:
    """The key points most often missed in free answers, which are graded again by today's key points."""
    asked: Counter[tuple[int, str]] = Counter()
    missed: Counter[tuple[int, str]] = Counter()
    examiner = Examiner(bank)
    for item, answer in _answers(items):
        known = bank.item(item.key)
        if known is None:
            continue
        for point in examiner(known, answer).points:
            place = (item.question, point.point.plain)
            asked[place] += 1
            missed[place] += point.verdict in (Verdict.MISSED, Verdict.CONTRADICTED)
    order = sorted(missed, key=lambda place: (-missed[place], -missed[place] / asked[place], place))
    return tuple(WeakPoint(*place, missed[place], asked[place]) for place in order[:count] if missed[place])


def _answers(items: Iterable[ItemHistory]) -> Iterator[tuple[ItemHistory, str]]:
    """The newest answers to recall items."""
    given = [
        (review.at, item, review.answer)
        for item in items
        if item.kind is Kind.RECALL
        for review in item.reviews
    ]
    given.sort(key=lambda one: (-one[0], one[1].key))
    for _, item, answer in given[:REGRADED]:
        yield item, answer
