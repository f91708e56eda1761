"""The doctor finds what is wrong with a progress database, and mends what is safe."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quiz.practice.doctor import complaints, damage, mended
from quiz.practice.exchange import change_history, history_of
from quiz.practice.history import LearnerHistory
from tests.practice.practice_samples import DAY, MINUTE, NOW, open_database, progress_of, recall, review

SAFE = {
    "UPDATE schedule SET stability = -1": "impossible numbers",
    "UPDATE schedule SET due = last_review - 1": "impossible numbers",
    "UPDATE schedule SET last_review = 5, due = 9": "does not follow",
    "DELETE FROM schedule": "schedule is missing",
    "INSERT INTO review SELECT 99, learner_id, item_id, at, rating, suggested, judged_by_learner, "
    "score, answer, seconds, before FROM review LIMIT 1": "more than once",
}


def damaged(folder: Path, *statements: str) -> LearnerHistory:
    """What the database says after two reviews and some tampering."""
    with open_database(folder) as database:
        for minutes in (0, 10):
            progress_of(database).record(review(recall(), NOW + minutes * MINUTE))
    with closing(sqlite3.connect(folder / "progress.sqlite")) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    with open_database(folder) as database:
        return history_of(database, "me")


def test_a_sound_history_gives_no_complaint(tmp_path: Path) -> None:
    history = damaged(tmp_path)
    assert list(complaints(history, NOW + DAY)) == []
    assert mended(history, NOW + DAY) == history


@pytest.mark.parametrize("statement", SAFE, ids=SAFE.values())
def test_what_follows_from_the_reviews_is_mended(tmp_path: Path, statement: str) -> None:
    sound = damaged(tmp_path / "sound")
    history = damaged(tmp_path / "damaged", statement)
    (complaint,) = complaints(history, NOW + DAY)
    assert (SAFE[statement] in complaint.problem, complaint.safe) == (True, True)
    assert complaint.place == "small-bank: 1/recall/answer"
    assert mended(history, NOW + DAY) == sound
    with open_database(tmp_path / "damaged") as database:
        change_history(database, "me", lambda mine: mended(mine, NOW + DAY))
        assert history_of(database, "me") == sound


def test_a_review_from_the_future_is_told_and_kept(tmp_path: Path) -> None:
    history = damaged(tmp_path)
    found = list(complaints(history, NOW - 30 * DAY))
    assert [complaint.safe for complaint in found] == [False]
    assert mended(history, NOW - 30 * DAY) == history


def test_a_schedule_without_any_review_is_told_and_kept(tmp_path: Path) -> None:
    history = damaged(tmp_path, "DELETE FROM review")
    assert ["never reviewed" in complaint.problem for complaint in complaints(history, NOW)] == [True]
    assert mended(history, NOW) == history


def test_rows_that_point_nowhere_are_damage(tmp_path: Path) -> None:
    damaged(tmp_path)
    with open_database(tmp_path) as database:
        assert damage(database) == []
    with closing(sqlite3.connect(tmp_path / "progress.sqlite")) as connection, connection:
        connection.execute("UPDATE review SET item_id = 99")
    with open_database(tmp_path) as database:
        assert damage(database) == ["rows of the table review point at rows that are not there"]
