"""The schedule is that of the `fsrs` package."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import pairwise

import fsrs
from hypothesis import given
from hypothesis import strategies as st

from quiz.grading.grade import Rating
from quiz.practice import schedule
from quiz.practice.schedule import Schedule
from tests.practice.practice_samples import DAY, MINUTE, NOW

RATINGS = st.sampled_from(list(Rating))
SPANS = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))
HISTORIES = st.lists(st.tuples(RATINGS, SPANS), min_size=1, max_size=12)


def played(history: list[tuple[Rating, timedelta]]) -> tuple[Schedule, datetime]:
    state, at = None, NOW
    for rating, span in history:
        at += span
        state = schedule.review(state, rating, at)
    assert state is not None
    return state, at


@given(HISTORIES)
def test_every_number_equals_that_of_the_package(history: list[tuple[Rating, timedelta]]) -> None:
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card, at = fsrs.Card(card_id=1, due=NOW), NOW
    for rating, span in history:
        at += span
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
    ours, _ = played(history)
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
