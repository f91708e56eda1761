"""How a learner wants to be scheduled is kept for them, and used for their reviews."""

from __future__ import annotations

from pathlib import Path

from quiz.grading.grade import Rating
from quiz.practice import schedule
from quiz.practice.settings import tune, tuning_of
from quiz.practice.tuning import USUAL, Tuning
from tests.practice.practice_samples import MINUTE, NOW, open_database, progress_of, recall, review

SLOW = Tuning(learning_steps=(5, 60))


def test_who_has_said_nothing_is_scheduled_as_usual(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        assert tuning_of(database, "me") == USUAL


def test_settings_are_kept_for_each_learner(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        tune(database, "me", Tuning(retention=0.8))
        tune(database, "me", SLOW)
    with open_database(tmp_path) as database:
        assert (tuning_of(database, "me"), tuning_of(database, "ann")) == (SLOW, USUAL)


def test_reviews_and_what_is_announced_follow_the_settings(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        tune(database, "me", SLOW)
        progress = progress_of(database)
        assert progress.waits(None, NOW)[Rating.GOOD] == 60 * MINUTE
        receipt = progress.record(review(recall()))
    assert receipt.schedule == schedule.review(None, Rating.GOOD, NOW, SLOW)
