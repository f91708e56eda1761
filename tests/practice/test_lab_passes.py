"""A repaired lab counts as practice of its question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from quiz.bank.store import Bank
from quiz.grading.grade import Rating
from quiz.practice.database import Database
from quiz.practice.lab_passes import LabPass, record_pass
from quiz.practice.progress import Progress
from quiz.practice.tables import ReviewRow
from tests.practice.practice_samples import NOW, open_database

PASS = LabPass("002-pull", question=2, at=NOW, seconds=600.0, hints=0)


def reviews(database: Database) -> list[tuple[int, str, float]]:
    with database.write() as session:
        return [(row.rating, row.answer, row.seconds) for row in session.exec(select(ReviewRow))]


def test_a_pass_reviews_the_recall_item_of_its_question(bank: Bank, tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        assert record_pass(bank, database, "me", PASS)
        assert reviews(database) == [(Rating.GOOD, "Repaired lab 002-pull.", 600.0)]
        progress = Progress(database, bank.slug, bank.version)
        assert progress.started() == {"2/recall/answer"}
        assert progress.next_due() is not None


def test_the_same_pass_told_twice_counts_once(bank: Bank, tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        record_pass(bank, database, "me", PASS)
        record_pass(bank, database, "me", PASS)
        assert len(reviews(database)) == 1
        record_pass(bank, database, "me", replace(PASS, at=NOW + timedelta(days=3)))
        assert len(reviews(database)) == 2


@pytest.mark.parametrize(("hints", "rating"), [(2, Rating.GOOD), (3, Rating.HARD)])
def test_a_repair_with_all_hints_was_hard(bank: Bank, tmp_path: Path, hints: int, rating: Rating) -> None:
    with open_database(tmp_path) as database:
        record_pass(bank, database, "me", replace(PASS, hints=hints))
        assert reviews(database)[0][0] == rating


def test_a_bank_without_the_question_is_no_error(bank: Bank, tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        assert not record_pass(bank, database, "me", replace(PASS, question=101))
        assert not database.ready
