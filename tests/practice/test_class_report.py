"""What a trainer sees of a class."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path

import pytest

from quiz.bank.store import Bank
from quiz.grading.grade import Rating
from quiz.items.item import Kind
from quiz.practice.classroom import ClassReport, class_report
from quiz.practice.progress import Progress
from quiz.practice.supply import bank_slug
from tests.conftest import Run
from tests.practice.practice_samples import DAY, NOW, open_database, review, sqlite

RATINGS = {"ann": Rating.GOOD, "bob": Rating.AGAIN, "cem": Rating.AGAIN}


@pytest.fixture
def found(bank: Bank, tmp_path: Path) -> ClassReport:
    """Three learners answered question 1; only Ann was right, and came back after two days."""
    item = bank.items(kind=Kind.RECALL)[0]
    with open_database(tmp_path) as database:
        for name, rating in RATINGS.items():
            Progress(database, bank_slug(bank), bank.version, name).record(review(item, NOW, rating))
        ann = Progress(database, bank_slug(bank), bank.version, "ann")
        ann.record(review(item, NOW + 2 * DAY, Rating.GOOD))
        return class_report(bank, database, NOW + 3 * DAY, UTC)


def test_each_learner_has_a_line(found: ClassReport) -> None:
    assert [(one.name, one.reviews, one.days, one.items) for one in found.learners] == [
        ("ann", 2, 2, 1),
        ("bob", 1, 1, 1),
        ("cem", 1, 1, 1),
    ]
    ann, bob, _ = found.learners
    assert (ann.retention, bob.retention) == (1.0, None)
    assert ann.recall is not None
    assert bob.recall is not None
    assert ann.recall > bob.recall


def test_facility_counts_only_first_answers(found: ClassReport) -> None:
    (hard,) = found.hardest
    assert (hard.number, hard.learners) == (1, 3)
    assert hard.facility == pytest.approx(1 / 3)


def test_topics_are_rated_over_all_learners(found: ClassReport) -> None:
    assert [topic.learners for topic in found.topics] == [3] * len(found.topics)


def test_a_shorter_time_counts_only_what_falls_into_it(
    bank: Bank, tmp_path: Path, found: ClassReport
) -> None:
    with open_database(tmp_path) as database:
        recent = class_report(bank, database, NOW + 3 * DAY, UTC, 2)
    assert [one.reviews for one in recent.learners] == [1, 0, 0]
    assert recent.learners[1].last is None


def test_the_command_prints_for_people_and_machines_and_shows_no_answer(
    ecsquiz: Run, found: ClassReport, bank_folder: Path, tmp_path: Path
) -> None:
    where = {
        "ECSQUIZ_DATABASE_URL": str(sqlite(tmp_path / "progress.sqlite")),
        "ECSQUIZ_BANK": str(bank_folder),
        "COLUMNS": "120",
    }
    shown = ecsquiz("class", "report", **where)
    assert shown.returncode == 0
    for text in ("ann", "bob", "cem", "33%", "Topics, the weakest first"):
        assert text in shown.stdout
    machine = ecsquiz("class", "report", "--json", **where).stdout
    assert [one["name"] for one in json.loads(machine)["learners"]] == ["ann", "bob", "cem"]
    assert "my answer" not in shown.stdout + machine


def test_an_empty_database_says_so(ecsquiz: Run, bank_folder: Path, tmp_path: Path) -> None:
    where = {"ECSQUIZ_DATABASE_URL": str(sqlite(tmp_path / "new.sqlite")), "ECSQUIZ_BANK": str(bank_folder)}
    assert ecsquiz("class", "report", **where).stdout == "Nobody has practised yet.\n"
