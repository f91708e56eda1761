"""Statistics in the browser against those of the terminal, for histories made by chance."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from quiz.grading.grade import Rating
from quiz.items.item import Kind
from quiz.practice import statistics
from quiz.practice.combining import replayed, standing
from quiz.practice.history import BankHistory, ItemHistory, LearnerHistory, PastReview, to_json
from quiz.practice.optimising import predictions, reviews_of
from quiz.practice.schedule import microseconds
from quiz.practice.tuning import Tuning
from tests.site.node import node

NOW = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
TOPICS = {"roles": "Roles", "images": "Images", "costs": "Costs", "empty": "Empty"}
FILED = {1: ("roles",), 2: ("images", "roles"), 3: ("images",), 4: ("costs",)}
ZONES = ["UTC", "Asia/Kolkata", "America/New_York"]
SETTINGS: dict[str, Any] = {"retention": 0.85}

MODULES = {"* as statistics": "statistics.js", "{ parse, pastOf }": "history.js", "{ tuningOf }": "tuning.js"}
ALL = """
const history = parse(given.text);
const questions = new Map(Object.entries(given.filed).map(([number, topics]) =>
  [Number(number), { number: Number(number), topics, points: given.points[number] ?? [] }]));
const items = given.items.map((question) => ({ question, topics: given.filed[question] }));
const topics = Object.entries(given.topics).map(([slug, title]) => ({ slug, title }));
const terms = { term: (name) => given.terms[name] ?? null };
return statistics.statisticsOf({
  pasts: pastOf(history, "small-bank"), items, questions, topics, terms,
  tuning: tuningOf(history.settings), now: given.now,
});
"""


def history(seed: int) -> tuple[ItemHistory, ...]:
    """What somebody did with 40 items over a year; nothing, for the seed 0."""
    chance = random.Random(seed)
    return tuple(_item(chance, number) for number in range(40)) if seed else ()


def _item(chance: random.Random, number: int) -> ItemHistory:
    at = microseconds(NOW) - chance.randrange(1, 366) * 86_400_000_000
    reviews: list[PastReview] = []
    while at < microseconds(NOW) and len(reviews) < 9:
        rating = chance.choice(list(Rating))
        reviews.append(PastReview(at, rating, None, 0.5, "The role does it.", chance.randrange(1, 90)))
        at += int(10 ** chance.uniform(8, 13))
    tuning = Tuning.from_dict(SETTINGS)
    return ItemHistory(
        key=f"{number % 4 + 1}/choice/{number}",
        question=number % 4 + 1,
        kind=Kind.CHOICE,
        stem="?",
        answer="!",
        reviews=tuple(reviews),
        schedule=standing(replayed(reviews, tuning)[-1]),
        suspended=1 if number % 11 == 0 else None,
    )


def in_browser(items: tuple[ItemHistory, ...], zone: str = "UTC", **more: Any) -> dict[str, Any]:
    whole = LearnerHistory("me", SETTINGS, (BankHistory("small-bank", items),))
    known = {"points": {}, "terms": {}, "filed": FILED, "topics": TOPICS, "items": [1, 1, 2, 3, 4], **more}
    found: dict[str, Any] = node(
        MODULES, ALL, {"text": to_json(whole), "now": microseconds(NOW), **known}, zone=zone
    )
    return found


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_days_streaks_and_what_comes_due_are_those_of_the_terminal(seed: int, zone: str) -> None:
    items, there = history(seed), ZoneInfo(zone)
    found = in_browser(items, zone)
    days = statistics.days(items, there)
    assert [(day.day.isoformat(), day.reviews) for day in days] == [
        (day["day"], day["reviews"]) for day in found["days"]
    ]
    assert sum(day.seconds for day in days) == found["seconds"]
    streak = statistics.streak(days, NOW.astimezone(there).date())
    assert found["streak"] == {"now": streak.now, "longest": streak.longest}
    assert [(day.isoformat(), count) for day, count in statistics.forecast(items, NOW, there)] == [
        (day["day"], day["due"]) for day in found["forecast"]
    ]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_retention_and_strengths_are_those_of_the_terminal(seed: int) -> None:
    items, tuning = history(seed), Tuning.from_dict(SETTINGS)
    found = in_browser(items)
    whole = LearnerHistory("me", {}, (BankHistory("small-bank", items),))
    retention = statistics.retention(predictions(reviews_of(whole), tuning.parameters), tuning, NOW)
    assert found["retention"] == {
        "target": retention.target,
        "recent": pytest.approx(retention.recent),
        "recentReviews": retention.recent_reviews,
        "allTime": pytest.approx(retention.all_time),
        "reviews": retention.reviews,
    }
    offered = Counter({1: 2, 2: 1, 3: 1, 4: 1})
    strengths = statistics.strengths(items, TOPICS, FILED, offered, NOW, tuning)
    assert [(one["topic"], one["items"], one["met"]) for one in found["topics"]] == [
        (one.topic, one.items, one.met) for one in strengths
    ]
    assert [one["recall"] for one in found["topics"]] == [pytest.approx(one.recall) for one in strengths]


def streak_of(*days_ago: int) -> dict[str, int]:
    body = "return statistics.streak(given.map((day) => ({ day })), '2026-03-02');"
    days = [(datetime(2026, 3, 2, tzinfo=UTC) - timedelta(days=ago)).date().isoformat() for ago in days_ago]
    found: dict[str, int] = node(MODULES, body, days)
    return found


def test_a_streak_lives_until_the_day_after_is_over() -> None:
    assert streak_of(3, 2, 1) == {"now": 3, "longest": 3}
    assert streak_of(4, 3, 2) == {"now": 0, "longest": 3}
    assert streak_of(9, 8, 0) == {"now": 1, "longest": 2}
    assert streak_of() == {"now": 0, "longest": 0}


def test_a_question_is_weak_by_the_answers_that_were_wrong() -> None:
    found = in_browser(history(1))["weakestQuestions"]
    wrong = Counter(
        item.question for item in history(1) for review in item.reviews if review.rating is Rating.AGAIN
    )
    assert {one["question"]: one["wrong"] for one in found} == dict(wrong)
    assert [one["wrong"] for one in found] == sorted(wrong.values(), reverse=True)


def recalled(*answers: str) -> tuple[ItemHistory, ...]:
    reviews = tuple(
        PastReview(microseconds(NOW) - 10 + at, Rating.GOOD, None, 0.5, answer, 9)
        for at, answer in enumerate(answers)
    )
    return (ItemHistory("1/recall/answer", 1, Kind.RECALL, "?", "!", reviews),)


POINTS = {
    1: [
        {"text": "The execution role pulls.", "html": "The ...", "terms": ["execution role"], "weight": 1},
        {"text": "The tag exists.", "html": "The <b>tag</b>", "terms": ["tag"], "weight": 1},
    ]
}
TERMS = {"execution role": {"name": "execution role", "forms": ["execution role", "task execution role"]}}


def test_a_key_point_is_weak_where_answers_name_none_of_its_terms() -> None:
    items = recalled("Tags.", "The task execution roles.", "nothing", "the Tag and the execution-role")
    found = in_browser(items, points=POINTS, terms=TERMS)["weakestPoints"]
    assert [(one["text"], one["missed"], one["asked"]) for one in found] == [
        ("The execution role pulls.", 2, 4),
        ("The tag exists.", 2, 4),
    ]


def test_where_the_ticks_are_known_they_decide_what_was_missed() -> None:
    body = """
    const past = { key: "1/recall/answer", kind: "recall", question: 1,
                   reviews: [{ at: 1, answer: "the tag", missed: ["The tag exists."] }] };
    const questions = new Map([[1, { points: given }]]);
    return statistics.weakestPoints({ pasts: new Map([["a", past]]), questions,
      terms: { term: () => null } });
    """
    [found] = node(MODULES, body, POINTS[1])
    assert (found["text"], found["missed"]) == ("The tag exists.", 1)
    assert json.dumps(found["html"]) == '"The <b>tag</b>"'
