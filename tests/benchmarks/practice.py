"""How long the next due item takes, with many reviews and schedules."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import URL, text
from sqlmodel import Session

from quiz.grading.grade import Rating
from quiz.items.item import Item, Kind
from quiz.practice.database import Database
from quiz.practice.progress import Progress, Review
from tests.benchmarks.measure import Measurement, alternate

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SCHEDULES = 100_000
REVIEWS_EACH = 10
ASIDE = 1_000
FEW = 1_000
"""So many schedules has the database whose next due item is the floor; as many reviews each."""


def measure(rounds: int = 25) -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        few, many = (
            opened.enter_context(_database(Path(folder, f"{schedules}.sqlite"), schedules))
            for schedules in (FEW, SCHEDULES)
        )
        works = [partial(Progress(database, "bench", "first").due, NOW) for database in (few, many)]
        if not all(work() for work in works):
            raise RuntimeError("nothing is due, so nothing would be measured")
        floor, taken = alternate(rounds, *works)
    counts = f"{SCHEDULES * REVIEWS_EACH:,} reviews, {SCHEDULES:,} schedules, {ASIDE:,} set aside"
    floor_name = f"the same with {FEW * REVIEWS_EACH:,} and {FEW:,}"
    yield Measurement(f"next due item, {counts}", taken, floor_name, floor, limit=5e-3)


def _database(path: Path, schedules: int) -> Database:
    """One item, schedule and review made many, by plain SQL: a fifth of the schedules is due."""
    database = Database.open(URL.create("sqlite", database=str(path)), NOW)
    item = Item(1, Kind.RECALL, "answer", "Why?", ("So.",))
    review = Review(item, Rating.GOOD, Rating.GOOD, 0.8, "So.", 5.0, NOW - timedelta(days=30))
    Progress(database, "bench", "first").record(review)
    now = int(NOW.timestamp() * 1_000_000)
    with database.write() as connection:
        _copy(connection, "item", schedules, {"key": "'k' || n", "question": "n"})
        due = f"{now} + (n - {schedules // 5}) * 864000000"
        _copy(connection, "schedule", schedules, {"item": "n", "item_id": "n", "due": due})
        place = f"1 + n % {schedules}"
        _copy(connection, "review", schedules * REVIEWS_EACH, {"item": place, "item_id": place})
        aside = "INSERT INTO suspension (learner_id, item_id, at) SELECT 1, id, 0 FROM item"
        connection.execute(text(f"{aside} WHERE id % {SCHEDULES // ASIDE} = 0"))
    return database


def _copy(connection: Session, table: str, count: int, values: dict[str, str]) -> None:
    """Fill the table up to `count` rows like its first one, but for its id and `values`."""
    names = [row[1] for row in connection.execute(text(f"PRAGMA table_info({table})"))]
    chosen = ", ".join(f"{values.get(name, 'n' if name == 'id' else name)}" for name in names)
    connection.execute(
        text(
            f"INSERT INTO {table} ({', '.join(names)}) "  # noqa: S608 - our own names
            "WITH RECURSIVE many(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM many WHERE n < :count) "
            f"SELECT {chosen} FROM many, (SELECT * FROM {table} LIMIT 1)"
        ),
        {"count": count},
    )
