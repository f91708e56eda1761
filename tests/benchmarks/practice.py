"""How long the next due item takes, with many reviews and schedules."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
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


def measure(rounds: int = 15) -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        url = URL.create("sqlite", database=str(Path(folder, "progress.sqlite")))
        with Database.open(url, NOW) as database:
            progress = Progress(database, "bench", "first", "me")
            item = Item(1, Kind.RECALL, "answer", "Why?", ("So.",))
            progress.record(Review(item, Rating.GOOD, Rating.GOOD, 0.8, "So.", 5.0, NOW - timedelta(days=30)))
            _multiply(database)
            if not progress.due(NOW, limit=1):
                raise RuntimeError("nothing is due, so nothing would be measured")
            (taken,) = alternate(rounds, lambda: progress.due(NOW, limit=1))
    name = f"next due item, {SCHEDULES * REVIEWS_EACH:,} reviews, {SCHEDULES:,} schedules"
    yield Measurement(name, taken, limit=5e-3)


def _multiply(database: Database) -> None:
    """Make the one item, schedule and review many, by plain SQL: a fifth of the schedules is due."""
    now = int(NOW.timestamp() * 1_000_000)
    with database.write() as connection:
        _copy(connection, "item", SCHEDULES, {"key": "'k' || n", "question": "n"})
        due = f"{now} + (n - {SCHEDULES // 5}) * 864000000"
        _copy(connection, "schedule", SCHEDULES, {"item": "n", "item_id": "n", "due": due})
        item = f"1 + n % {SCHEDULES}"
        _copy(connection, "review", SCHEDULES * REVIEWS_EACH, {"item": item, "item_id": item})


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
