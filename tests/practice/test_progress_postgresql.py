"""One database for a class: the same code on a real PostgreSQL server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.practice.combining import combined
from quiz.practice.database import MIGRATIONS, Database, database_url
from quiz.practice.exchange import change_history, history_of, learners
from quiz.practice.migrating import migrate
from quiz.practice.progress import Receipt
from quiz.practice.settings import tune, tuning_of
from quiz.practice.tables import ProgressTable
from quiz.practice.tuning import Tuning
from tests.practice.postgresql_server import Server, binaries, server
from tests.practice.practice_samples import (
    DAY,
    MINUTE,
    NOW,
    choice,
    open_database,
    progress_of,
    recall,
    review,
)

pytestmark = pytest.mark.xdist_group("postgresql")

PRACTICE = (sys.executable, "-m", "quiz", "practice")
_NAMES = count()


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    programs = binaries()
    if programs is None:
        if os.environ.get("ECSQUIZ_REQUIRE_TOOLS"):
            pytest.fail("PostgreSQL is not installed")
        pytest.skip("PostgreSQL is not installed: sudo apt-get install postgresql")
    with server(programs) as made:
        yield made


@pytest.fixture
def url(running: Server) -> str:
    """The URL of a new, empty database."""
    name = f"class_{next(_NAMES)}"
    engine = create_engine(
        running.url("postgres").replace("postgresql", "postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return running.url(name)


def opened(url: str) -> Database:
    return Database.open(database_url({"ECSQUIZ_DATABASE_URL": url}), NOW)


def test_reviews_come_due_and_can_be_undone(url: str) -> None:
    with opened(url) as database:
        progress = progress_of(database)
        first = progress.record(review(recall()))
        second = progress.record(review(recall(), NOW + 10 * MINUTE))
        assert progress.due(NOW + 30 * DAY) == [("1/recall/answer", second.schedule)]
        progress.undo(second)
        assert progress.due(NOW + DAY) == [("1/recall/answer", first.schedule)]
        assert (progress.count_due(NOW), progress.count_due(NOW + DAY)) == (0, 1)


def test_the_lowest_retrievability_comes_first(url: str) -> None:
    with opened(url) as database:
        progress = progress_of(database)
        for question, rating in enumerate((Rating.EASY, Rating.HARD, Rating.GOOD), 1):
            progress.record(review(recall(question), NOW, rating))
        order = [key for key, _ in progress.due(NOW + 60 * DAY, limit=3)]
        assert order == ["2/recall/answer", "3/recall/answer", "1/recall/answer"]


def test_the_tables_are_those_that_the_code_declares(url: str) -> None:
    engine = create_engine(url.replace("postgresql", "postgresql+psycopg"))
    migrate(engine, MIGRATIONS)
    found = inspect(engine)
    for table in ProgressTable.metadata.sorted_tables:
        assert {column["name"]: column["nullable"] for column in found.get_columns(table.name)} == {
            column.name: bool(column.nullable) for column in table.columns
        }
    engine.dispose()


def test_histories_follow_a_changed_bank(url: str) -> None:
    with opened(url) as database:
        progress_of(database).record(review(choice(1, "old")))
        renamed = replace(choice(1, "old"), key="new")
        assert [move.new for move in progress_of(database, "second").follow(lambda: [renamed]).moves] == [
            "1/choice/new"
        ]


def test_a_learner_sees_only_their_own_reviews(url: str) -> None:
    with opened(url) as database:
        ann, bob = (progress_of(database, learner=name) for name in ("ann", "bob"))
        ann.record(review(recall()))
        assert (ann.count_due(NOW + DAY), bob.count_due(NOW + DAY)) == (1, 0)
        assert (ann.started(), bob.started()) == (frozenset({"1/recall/answer"}), frozenset[str]())


def test_many_learners_begin_at_once_on_an_empty_database(url: str) -> None:
    def begins(number: int) -> Receipt:
        with opened(url) as database:
            progress = progress_of(database, learner=f"learner {number % 4}")
            return progress.record(review(recall(number), NOW + number * MINUTE))

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(begins, range(24)))
    assert len({receipt.review for receipt in receipts}) == 24
    with opened(url) as database:
        assert learners(database) == [f"learner {number}" for number in range(4)]


def test_two_learners_practise_the_same_items_at_once(url: str) -> None:
    def practises(name: str) -> list[Receipt]:
        with opened(url) as database:
            progress = progress_of(database, learner=name)
            return [
                progress.record(review(recall(number % 10), NOW + number * MINUTE)) for number in range(60)
            ]

    with ThreadPoolExecutor(2) as pool:
        ann, bob = pool.map(practises, ("ann", "bob"))
    assert [receipt.schedule for receipt in ann] == [receipt.schedule for receipt in bob]


def test_two_sessions_of_one_learner_lose_no_review(url: str) -> None:
    def practises(offset: int) -> None:
        with opened(url) as database:
            for number in range(30):
                at = NOW + (2 * number + offset) * MINUTE
                progress_of(database).record(review(recall(), at))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(practises, (0, 1)))
    with opened(url) as database:
        assert history_of(database, "me").reviews == 60


def test_a_lost_connection_is_told_and_the_review_can_be_saved_again(running: Server, url: str) -> None:
    with opened(url) as database:
        progress = progress_of(database)
        progress.record(review(recall()))
        running.stop()
        again = review(recall(), NOW + 10 * MINUTE)
        with pytest.raises(UserError, match="the database server cannot be reached") as caught:
            progress.record(again)
        assert "\n" not in str(caught.value)
        running.start()
        receipt = progress.record(again)
        assert progress.record(again) == receipt
        assert history_of(database, "me").reviews == 2


def test_a_connection_that_the_server_ended_is_made_anew_unnoticed(running: Server, url: str) -> None:
    with opened(url) as database:
        progress = progress_of(database)
        progress.record(review(recall()))
        with create_engine(
            running.url("postgres").replace("postgresql", "postgresql+psycopg")
        ).connect() as other:
            other.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'class%%'"
            )
        progress.record(review(recall(), NOW + 10 * MINUTE))
        assert history_of(database, "me").reviews == 2


def test_progress_moves_from_a_file_to_the_class_and_back(url: str, tmp_path: Path) -> None:
    with open_database(tmp_path) as mine, opened(url) as theirs:
        progress_of(mine).record(review(recall()))
        progress_of(theirs).record(review(recall(), NOW + DAY))
        other = history_of(mine, "me")
        change_history(theirs, "me", lambda known: combined(known, other))
        back = history_of(theirs, "me")
        change_history(mine, "me", lambda known: combined(known, back))
        assert history_of(mine, "me") == history_of(theirs, "me")
        assert history_of(mine, "me").reviews == 2


def test_settings_are_kept(url: str) -> None:
    with opened(url) as database:
        tune(database, "ann", Tuning(retention=0.8, learning_steps=(5,)))
        assert tuning_of(database, "ann") == Tuning(retention=0.8, learning_steps=(5,))
        assert tuning_of(database, "bob") == Tuning()


def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(UserError, match="cannot be reached") as caught:
        opened("postgresql://ann:secret@127.0.0.1:9/class")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_drill_runs_on_the_server(url: str, bank_folder: Path) -> None:
    drill = subprocess.run(
        [
            sys.executable,
            "-m",
            "quiz",
            "practice",
            "--bank",
            str(bank_folder),
            "--learner",
            "ann",
            "--limit",
            "2",
        ],
        input="\n\n" * 4,
        text=True,
        capture_output=True,
        env={**os.environ, "ECSQUIZ_DATABASE_URL": url},
    )
    assert (drill.returncode, drill.stderr) == (0, "")
    assert drill.stdout.count("Saved as") == 2
    with opened(url) as database:
        assert history_of(database, "ann").reviews == 2
