"""The clock is set back: reviews are kept, nothing comes back absurdly late, and what is odd is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from quiz.grading.grade import Rating
from quiz.practice import schedule
from quiz.practice.doctor import complaints
from quiz.practice.exchange import history_of
from tests.conftest import Run
from tests.practice.practice_samples import (
    DAY,
    MINUTE,
    NOW,
    open_database,
    progress_of,
    recall,
    review,
    sqlite,
)


@pytest.mark.parametrize("back", [timedelta(seconds=1), 3 * MINUTE, DAY / 2, 2 * DAY, 400 * DAY], ids=str)
@pytest.mark.parametrize("rating", Rating)
def test_a_review_with_the_clock_set_back_is_kept_and_comes_back_in_due_time(
    back: timedelta, rating: Rating, tmp_path: Path
) -> None:
    with open_database(tmp_path) as database:
        progress = progress_of(database)
        for minutes in (0, 10):
            first = progress.record(review(recall(), NOW + minutes * MINUTE))
        now = NOW + 10 * MINUTE - back
        receipt = progress.record(review(recall(), now, rating))
        assert now < receipt.schedule.due < NOW + 30 * DAY
        assert history_of(database, "me").reviews == 3
        progress.undo(receipt)
        assert progress.due(NOW + 90 * DAY) == [("1/recall/answer", first.schedule)]


def test_a_clock_that_was_a_little_ahead_changes_nothing_in_the_end(tmp_path: Path) -> None:
    moments = [NOW, NOW + 10 * MINUTE, NOW + 5 * DAY]
    with open_database(tmp_path / "right") as database:
        for at in moments:
            right = progress_of(database).record(review(recall(), at)).schedule
    with open_database(tmp_path / "wrong") as database:
        for at in (moments[1], moments[0], moments[2]):
            wrong = progress_of(database).record(review(recall(), at)).schedule
    assert wrong == right


def test_a_clock_that_was_years_ahead_does_not_decide_when_the_item_comes_back(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        progress = progress_of(database)
        progress.record(review(recall(), NOW + 2000 * DAY))
        assert progress.record(review(recall(), NOW)).schedule.due < NOW + 7 * DAY
        assert progress.count_due(NOW + 7 * DAY) == 1
        told = list(complaints(history_of(database, "me"), NOW))
    assert ["in the future" in complaint.problem for complaint in told] == [True]


def test_a_session_after_the_clock_was_set_back_goes_on_and_the_doctor_tells(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    database = tmp_path / "progress.sqlite"
    bank = ("--bank", str(bank_folder))
    url = {"ECSQUIZ_DATABASE_URL": str(sqlite(database))}
    ecsquiz("practice", *bank, "--kind", "recall", "--limit", "1", stdin="\n3\n", **url)
    # What was done then lies three days ahead of a clock that has been set back by as much.
    with closing(sqlite3.connect(database)) as connection, connection:
        ahead = schedule.microseconds(NOW + 3 * DAY) - schedule.microseconds(NOW)
        connection.execute("UPDATE review SET at = at + ?", (ahead,))
        connection.execute("UPDATE schedule SET due = due + ?1, last_review = last_review + ?1", (ahead,))
    done = ecsquiz("practice", *bank, "--kind", "recall", "--new", "1", stdin="\n3\n", **url)
    assert (done.returncode, done.stderr, done.stdout.count("Saved as good")) == (0, "", 1)
    assert ecsquiz("stats", *bank, **url).returncode == 0
    told = ecsquiz("progress", "doctor", **url)
    assert (told.returncode, told.stdout.count("\n")) == (1, 1)
    assert "it was reviewed in the future: the clock was wrong" in told.stdout
    (question,) = [number for number in ("1", "2") if f"{number}/recall/answer" in told.stdout]
    assert f"ecsquiz progress reset --question {question}" in told.stdout
