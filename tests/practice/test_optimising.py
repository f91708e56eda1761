"""Fitting FSRS to a learner's own history."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.practice import schedule
from quiz.practice.optimising import Reviews, accuracy, applied, optimise, predictions
from quiz.practice.tuning import Tuning
from tests.practice.practice_samples import DAY, MINUTE, NOW

FORGETFUL = tuple(value * {2: 0.4, 8: 0.5}.get(place, 1) for place, value in enumerate(DEFAULT_PARAMETERS))
"""Of one to whom "good" means less at first, and whose memories grow more slowly."""


def practised(items: int, parameters: tuple[float, ...] | None = None, seed: int = 1) -> list[Reviews]:
    """What a learner with the memory that `parameters` describe does, who is scheduled as usual."""
    chance = Random(seed)
    memory = Tuning(parameters=parameters)
    histories: list[Reviews] = []
    for _ in range(items):
        at, known, planned = NOW + chance.random() * 20 * DAY, None, None
        reviews = []
        while at < NOW + 60 * DAY:
            likely = 0.6 if known is None else schedule.retrievability(known, at, memory)
            rating = Rating.GOOD if chance.random() < likely else Rating.AGAIN
            known, planned = schedule.review(known, rating, at, memory), schedule.review(planned, rating, at)
            reviews.append((rating, at))
            at = max(planned.due, at + MINUTE) + timedelta(hours=20 * chance.random())
        histories.append(reviews)
    return histories


def test_predictions_are_those_of_the_package() -> None:
    reviews = [(Rating.EASY, NOW), (Rating.GOOD, NOW + 8 * DAY), (Rating.AGAIN, NOW + 40 * DAY)]
    scheduler, card = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1, due=NOW)
    expected = []
    for rating, at in reviews:
        expected.append(scheduler.get_card_retrievability(card, at))
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
    found = predictions([reviews], None)
    assert [one.likely for one in found] == expected[1:]
    assert [one.recalled for one in found] == [True, False]


def test_reviews_within_a_day_predict_nothing() -> None:
    assert predictions([[(Rating.GOOD, NOW), (Rating.GOOD, NOW + 10 * MINUTE)]], None) == []


def test_a_forgetful_learner_is_predicted_better_after_the_fit() -> None:
    histories = practised(120, FORGETFUL)
    fit = optimise(histories, Tuning(), lambda _passes: None)
    assert fit.better
    assert fit.after.calibration < fit.before.calibration
    assert fit.before.predicted > fit.before.recalled
    tuned = applied(Tuning(retention=0.8), fit)
    assert (tuned.retention, tuned.parameters) == (0.8, fit.parameters)


def test_what_was_recalled_as_predicted_is_calibrated() -> None:
    assert accuracy(predictions(practised(150), None)).calibration < 0.06


def test_little_practice_teaches_nothing() -> None:
    with pytest.raises(UserError, match="it takes 200"):
        optimise(practised(5), Tuning(), lambda _passes: None)
