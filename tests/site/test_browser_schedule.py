"""The schedule in the browser against that of the terminal: the same reviews must give the same numbers."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.grading.grade import Rating
from quiz.practice import schedule as fsrs
from quiz.practice.tuning import Tuning
from tests.site.node import node

NOW = 1_795_000_000_000_000
SECOND, YEAR = 10**6, 365 * 86_400 * 10**6

FITTED = (
    0.1841, 1.0233, 3.1, 15.69, 7.1949, 0.5345, 1.4604, 0.0046, 1.5458, 0.1192, 1.0193, 1.9395, 0.11,
    0.2961, 2.2698, 0.2315, 2.9898, 0.5166, 0.6621, 0.1544, 0.2061,
)  # fmt: skip

TUNINGS: list[dict[str, Any]] = [
    {},
    {"fuzz": None},
    {"fuzz": 42, "retention": 0.97},
    {"fuzz": -7_000_000_001, "retention": 0.7, "parameters": list(FITTED)},
    {"learning_steps": [], "relearning_steps": []},
    {"learning_steps": [0.3333333, 1.5, 17.1234567], "relearning_steps": [0.0000125, 2.25]},
    {"learning_steps": [3.3333333], "relearning_steps": [1440], "parameters": list(FITTED)},
]

REPLAYED = """
return given.map(([settings, reviews]) => {
  const tuning = tuningOf(settings);
  return replay(reviews, tuning).map((schedule, index, all) => ({
    schedule,
    waits: waits(all[index - 1] ?? null, reviews[index].at, tuning),
    recall: index ? retrievability(all[index - 1], reviews[index].at, tuning) : null,
  }));
});
"""
MODULES = {"{ replay, retrievability, waits }": "fsrs.js", "{ tuningOf }": "tuning.js"}

Review = dict[str, int]


def reviewed(seed: int, count: int) -> list[Review]:
    """Reviews of one item, seconds to years apart, and some of them far overdue."""
    chance = random.Random(seed)
    at, found = NOW, []
    for _ in range(count):
        at += int(math.exp(chance.uniform(math.log(SECOND), math.log(2 * YEAR))))
        found.append({"rating": chance.choice([1, 2, 3, 3, 3, 4]), "at": at})
    return found


def in_python(settings: dict[str, Any], reviews: Sequence[Review]) -> list[dict[str, Any]]:
    tuning = Tuning.from_dict(settings)
    before: fsrs.Schedule | None = None
    found: list[dict[str, Any]] = []
    for review in reviews:
        at = fsrs.from_microseconds(review["at"])
        waits = fsrs.waits(before, at, tuning)
        recall = fsrs.retrievability(before, at, tuning) if before else None
        before = fsrs.review(before, Rating(review["rating"]), at, tuning)
        milliseconds = {str(rating.value): wait / timedelta(milliseconds=1) for rating, wait in waits.items()}
        found.append({"schedule": before.as_dict(), "waits": milliseconds, "recall": recall})
    return found


def in_browser(cases: Sequence[tuple[dict[str, Any], Sequence[Review]]]) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = node(MODULES, REPLAYED, cases)
    return found


def differences(one: Any, other: Any) -> list[tuple[Any, Any]]:
    """The pairs of values at the same place that are not the same, to the last bit."""
    if isinstance(one, dict):
        assert one.keys() == other.keys()
        return [pair for name in one for pair in differences(one[name], other[name])]
    if isinstance(one, list):
        assert len(one) == len(other)
        return [pair for a, b in zip(one, other, strict=True) for pair in differences(a, b)]
    return [] if one == other else [(one, other)]


def test_a_thousand_reviews_give_the_schedules_and_waits_of_the_terminal() -> None:
    items = [(TUNINGS[number % len(TUNINGS)], reviewed(number, 17)) for number in range(60)]
    expected = [in_python(*item) for item in items]
    found = differences(expected, in_browser(items))
    assert sum(len(reviews) for _, reviews in items) >= 1_000
    # The C library under Python rounds a power wrongly once in thousands of times; then the last bit differs.
    assert all(isinstance(one, float) and math.isclose(one, other, rel_tol=4e-16) for one, other in found)
    assert len(found) <= 5


@pytest.mark.parametrize("tuning", TUNINGS, ids=str)
def test_no_wait_and_no_due_date_differs_by_a_microsecond(tuning: dict[str, Any]) -> None:
    reviews = [reviewed(seed, 12) for seed in range(100, 110)]
    found = in_browser([(tuning, one) for one in reviews])
    for one, got in zip(reviews, found, strict=True):
        for expected, step in zip(in_python(tuning, one), got, strict=True):
            assert step["waits"] == expected["waits"]
            for name in ("due", "state", "step", "last_review"):
                assert step["schedule"][name] == expected["schedule"][name]


def test_a_wrong_clock_gives_the_same_schedule_too() -> None:
    reviews = [{"rating": 3, "at": NOW}, {"rating": 4, "at": NOW + 9}, {"rating": 1, "at": NOW - YEAR}]
    assert differences(in_python({}, reviews), in_browser([({}, reviews)])[0]) == []


def test_a_schedule_from_more_learning_steps_goes_on_with_fewer() -> None:
    standing = {
        "state": 1, "step": 5, "stability": 1.5, "difficulty": 6.25, "due": NOW, "last_review": NOW - SECOND,
    }  # fmt: skip
    body = "return [1, 2, 3, 4].map((rating) => review(given.standing, rating, given.at));"
    found = node({"{ review }": "fsrs.js"}, body, {"standing": standing, "at": NOW})
    before = fsrs.Schedule.from_dict(standing)
    at = fsrs.from_microseconds(NOW)
    assert found == [fsrs.review(before, rating, at).as_dict() for rating in Rating]


@settings(max_examples=5, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=50))
def test_the_digest_is_sha_256(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    body = "return given.map((text) => Buffer.from(sha256(text)).toString('hex'));"
    found = node({"{ sha256 }": "sha256.js"}, body, texts)
    assert found == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def test_powers_are_those_of_python_but_for_a_last_bit_in_thousands() -> None:
    chance = random.Random(3)
    pairs = [(math.exp(chance.uniform(-7, 11)), chance.uniform(-10, 10)) for _ in range(5_000)]
    found = node({"{ power }": "power.js"}, "return given.map(([x, y]) => power(x, y));", pairs)
    # JSON of JavaScript writes large floats without a point.
    both = list(zip((x**y for x, y in pairs), map(float, found), strict=True))
    assert all(math.isclose(one, other, rel_tol=4e-16) for one, other in both)
    assert sum(one != other for one, other in both) < 15


@pytest.mark.parametrize(
    "wrong",
    [
        {"speed": 2},
        {"retention": 0.5},
        {"retention": "0.9"},
        {"learning_steps": [0]},
        {"learning_steps": 5},
        {"relearning_steps": [1] * 11},
        {"fuzz": 1.5},
        {"parameters": [1.0]},
        {"parameters": [0.0] * 21},
    ],
    ids=str,
)
def test_settings_that_the_terminal_refuses_are_refused(wrong: dict[str, Any]) -> None:
    body = "try { tuningOf(given); return ''; } catch (error) { return error.message; }"
    assert node({"{ tuningOf }": "tuning.js"}, body, wrong)


def test_only_settings_that_differ_from_the_usual_are_kept() -> None:
    settings = {"retention": 0.85, "learning_steps": [5]}
    body = "return settingsOf(tuningOf(given));"
    assert node({"{ settingsOf, tuningOf }": "tuning.js"}, body, settings) == settings
    assert Tuning.from_dict(settings).as_dict().keys() == settings.keys()
