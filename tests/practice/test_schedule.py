"""The schedule is that of the `fsrs` package."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import pairwise

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.practice import schedule
from quiz.practice.schedule import Schedule
from quiz.practice.tuning import USUAL, Tuning
from tests.practice.practice_samples import DAY, MINUTE, NOW

RATINGS = st.sampled_from(list(Rating))
SPANS = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))
HISTORIES = st.lists(st.tuples(RATINGS, SPANS), min_size=1, max_size=12)


def played(history: list[tuple[Rating, timedelta]], tuning: Tuning = USUAL) -> tuple[Schedule, datetime]:
    state, at = None, NOW
    for rating, span in history:
        at += span
        state = schedule.review(state, rating, at, tuning)
    assert state is not None
    return state, at


@given(HISTORIES)
def test_every_number_equals_that_of_the_package(history: list[tuple[Rating, timedelta]]) -> None:
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card, at = fsrs.Card(card_id=1, due=NOW), NOW
    for rating, span in history:
        at += span
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
    ours, _ = played(history, Tuning(fuzz=None))
    assert (ours.state, ours.step) == (card.state.value, card.step)
    assert (ours.stability, ours.difficulty) == (card.stability, card.difficulty)
    assert (ours.due, ours.last_review) == (card.due, card.last_review)


@given(HISTORIES)
def test_a_schedule_survives_json_exactly(history: list[tuple[Rating, timedelta]]) -> None:
    state, _ = played(history)
    assert Schedule.from_dict(json.loads(json.dumps(state.as_dict()))) == state


@given(HISTORIES, SPANS)
def test_a_better_rating_never_brings_an_item_back_sooner(
    history: list[tuple[Rating, timedelta]], span: timedelta
) -> None:
    state, at = played(history)
    waits = schedule.waits(state, at + span)
    assert all(waits[worse] <= waits[better] for worse, better in pairwise(Rating))


def test_a_new_item_rated_good_comes_back_after_the_second_learning_step() -> None:
    assert schedule.waits(None, NOW)[Rating.GOOD] == 10 * MINUTE


def test_retrievability_is_one_at_the_review_and_nine_tenths_after_one_stability() -> None:
    state = schedule.review(None, Rating.EASY, NOW)
    assert schedule.retrievability(state, NOW) == 1
    after = NOW + state.stability * DAY
    assert abs(schedule.retrievability(state, after) - 0.9) < 1e-9


def test_retrievability_agrees_with_the_package_on_whole_days() -> None:
    state = schedule.review(None, Rating.EASY, NOW)
    card = fsrs.Card(card_id=1, stability=state.stability, last_review=NOW, due=state.due)
    expected = fsrs.Scheduler().get_card_retrievability(card, NOW + 20 * DAY)
    assert abs(schedule.retrievability(state, NOW + 20 * DAY) - expected) < 1e-9


def test_a_clock_that_was_set_back_does_not_break_the_schedule() -> None:
    state = schedule.review(None, Rating.EASY, NOW)
    earlier = NOW - 3 * DAY
    assert schedule.retrievability(state, earlier) == 1
    assert schedule.review(state, Rating.GOOD, earlier).due > earlier


@given(HISTORIES, st.integers(0, 1000))
def test_fuzz_spreads_an_interval_within_the_bounds_of_fsrs(
    history: list[tuple[Rating, timedelta]], seed: int
) -> None:
    before, at = played(history)
    plain, spread = (
        schedule.review(before, Rating.GOOD, at + DAY, Tuning(fuzz=fuzz)).due - at - DAY
        for fuzz in (None, seed)
    )
    assert abs(spread - plain) <= max(DAY * 2, plain * 0.3)
    assert (spread == plain) or plain >= 3 * DAY


def test_the_seed_decides_the_fuzz() -> None:
    before, at = played([(Rating.EASY, DAY), (Rating.GOOD, 30 * DAY)])

    def due(seed: int) -> datetime:
        return schedule.review(before, Rating.GOOD, at + 90 * DAY, Tuning(fuzz=seed)).due

    assert due(1) == due(1)
    assert len({due(seed) for seed in range(20)}) > 5


def test_who_wants_to_retain_more_is_asked_sooner() -> None:
    before, at = played([(Rating.EASY, DAY)])
    keen, calm = (
        schedule.review(before, Rating.GOOD, at + 8 * DAY, Tuning(retention=share, fuzz=None)).due
        for share in (0.95, 0.8)
    )
    assert keen < calm


def test_learning_steps_are_the_learners() -> None:
    assert schedule.waits(None, NOW, Tuning(learning_steps=(3, 45)))[Rating.GOOD] == 45 * MINUTE


@pytest.mark.parametrize(
    "stored",
    [
        {"retention": 1.0},
        {"retention": "high"},
        {"learning_steps": [0]},
        {"learning_steps": "1,10"},
        {"fuzz": 0.5},
        {"parameters": [1.0, 2.0]},
        {"speed": 1},
    ],
    ids=str,
)
def test_a_setting_that_fsrs_cannot_use_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(UserError):
        Tuning.from_dict(stored)


def test_only_what_differs_from_the_usual_is_kept() -> None:
    mine = Tuning(retention=0.85, learning_steps=(5,))
    assert mine.as_dict() == {"retention": 0.85, "learning_steps": (5,)}
    assert Tuning.from_dict(json.loads(json.dumps(mine.as_dict()))) == mine
