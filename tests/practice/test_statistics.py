"""What a learner's history comes to."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quiz.bank.store import Bank
from quiz.grading.grade import Rating
from quiz.items.item import Kind
from quiz.practice import statistics
from quiz.practice.combining import replayed, standing
from quiz.practice.history import ItemHistory, PastReview
from quiz.practice.optimising import Prediction
from quiz.practice.progress import Progress
from quiz.practice.schedule import microseconds
from quiz.practice.studying import statistics_of, weakest_points
from quiz.practice.supply import bank_slug
from quiz.practice.tuning import USUAL, Tuning
from tests.conftest import Run
from tests.practice.practice_samples import DAY, NOW, open_database, review, sqlite

TOKYO = ZoneInfo("Asia/Tokyo")


def practised(question: int, *moments: datetime, rating: Rating = Rating.GOOD) -> ItemHistory:
    reviews = tuple(PastReview(microseconds(at), rating, rating, 1.0, "", 30.0) for at in moments)
    schedule = standing(replayed(reviews, USUAL)[-1])
    return ItemHistory(f"{question}/recall/answer", question, Kind.RECALL, "", "", reviews, schedule)


def test_what_is_overdue_is_due_today() -> None:
    items = [practised(1, NOW - 90 * DAY), practised(2, NOW, rating=Rating.EASY)]
    found = dict(statistics.forecast(items, NOW, UTC))
    assert (found[NOW.date()], sum(found.values()), len(found)) == (1, 2, 14)


def test_what_is_set_aside_does_not_come_due() -> None:
    aside = replace(practised(1, NOW - 90 * DAY), suspended=microseconds(NOW))
    assert sum(count for _, count in statistics.forecast([aside], NOW, UTC)) == 0


def test_days_are_those_of_the_learner() -> None:
    late = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    (day,) = statistics.days([practised(1, late, late + timedelta(minutes=1))], TOKYO)
    assert (day.day, day.reviews, day.seconds) == (date(2026, 3, 3), 2, 60.0)


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ((), (0, 0)),
        ((0,), (1, 1)),
        ((1, 2, 3), (3, 3)),
        ((2, 3, 4), (0, 3)),
        ((0, 1, 5, 6, 7, 8), (2, 4)),
    ],
)
def test_a_streak_lives_until_a_whole_day_is_missed(
    days_ago: tuple[int, ...], expected: tuple[int, int]
) -> None:
    days = statistics.days([practised(1, NOW - number * DAY) for number in days_ago], UTC)
    found = statistics.streak(days, NOW.date())
    assert (found.now, found.longest) == expected


def test_retention_counts_what_was_recalled_and_apart_the_last_30_days() -> None:
    old = [Prediction(NOW - 60 * DAY, 0.9, recalled) for recalled in (True, False)]
    new = [Prediction(NOW - DAY, 0.9, True)]
    found = statistics.retention(old + new, Tuning(retention=0.85), NOW)
    assert (found.target, found.recent, found.recent_reviews, found.reviews) == (0.85, 1.0, 1, 3)
    assert found.all_time == pytest.approx(2 / 3)


def test_the_topic_that_is_recalled_least_comes_first_and_what_was_never_met_last() -> None:
    items = [practised(1, NOW - 40 * DAY), practised(2, NOW)]
    found = statistics.strengths(
        items,
        {"a": "A", "b": "B", "c": "C", "empty": "Empty"},
        {1: ["a"], 2: ["b"], 3: ["c"]},
        Counter({1: 4, 2: 2, 3: 1}),
        NOW,
        USUAL,
    )
    assert [(one.topic, one.met, one.items) for one in found] == [("a", 1, 4), ("b", 1, 2), ("c", 0, 1)]
    assert found[0].recall is not None
    assert found[0].recall < (found[1].recall or 0)
    assert found[2].recall is None


def test_the_bands_of_the_calibration_hold_all_reviews() -> None:
    found = [Prediction(NOW, share / 50, share % 2 == 0) for share in range(50)]
    parts = statistics.bands(found)
    assert [part.reviews for part in parts] == [10] * 5
    assert parts[0].predicted < parts[-1].predicted
    assert statistics.calibration(found[:19]) is None
    assert statistics.calibration(found) is not None


def test_the_key_point_that_is_missed_most_is_the_weakest(bank: Bank, tmp_path: Path) -> None:
    item = next(item for item in bank.items(kind=Kind.RECALL) if item.question == 1)
    with open_database(tmp_path) as database:
        progress = Progress(database, bank_slug(bank), bank.version)
        for number in range(3):
            said = replace(review(item, NOW + number * DAY), answer="The execution role pulls the image.")
            progress.record(said)
        found = statistics_of(bank, database, "me", NOW + 4 * DAY, UTC)
    assert {one.text: (one.missed, one.asked) for one in found.weakest} == {
        "The task role gives permissions to the code in the containers": (3, 3),
        "The execution role reads secrets before the code runs": (3, 3),
    }
    assert (found.reviews, found.items, found.streak.longest) == (3, 1, 3)
    assert weakest_points(bank, []) == ()


def test_the_command_shows_writes_and_prints_for_machines(
    ecsquiz: Run, bank: Bank, bank_folder: Path, tmp_path: Path
) -> None:
    with open_database(tmp_path) as database:
        progress = Progress(database, bank_slug(bank), bank.version)
        progress.record(review(bank.items(kind=Kind.RECALL)[0]))
    where = {
        "ECSQUIZ_DATABASE_URL": str(sqlite(tmp_path / "progress.sqlite")),
        "ECSQUIZ_BANK": str(bank_folder),
    }
    shown = ecsquiz("stats", **where)
    assert shown.stdout.startswith("\nme: 1 review of 1 item\n")
    assert "Streak" in shown.stdout
    data = json.loads(ecsquiz("stats", "--json", **where).stdout)
    assert (data["reviews"], len(data["forecast"])) == (1, 14)
    page = tmp_path / "mine.html"
    assert ecsquiz("stats", "--html", str(page), **where).returncode == 0
    assert page.read_text().startswith("<!doctype html>")
    assert "<script" not in page.read_text()
    nothing = ecsquiz("stats", "--learner", "nobody", **where)
    assert nothing.stdout == "Nothing reviewed yet. Start with: ecsquiz practice\n"
    refused = ecsquiz("stats", "--html", str(tmp_path / "no" / "x.html"), **where)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
