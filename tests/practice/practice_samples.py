"""Items, clocks and databases for the tests of practice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import URL

from quiz.grading.grade import Rating
from quiz.items.item import Item, Kind
from quiz.practice.database import Database
from quiz.practice.progress import Progress, Review

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def recall(question: int = 1) -> Item:
    return Item(question, Kind.RECALL, "answer", f"What is thing {question}?", (f"It is {question}.",))


def choice(question: int = 1, key: str = "a") -> Item:
    return Item(
        question, Kind.CHOICE, key, f"Which is {key} of {question}?", (f"the right {key}",), ("x", "y", "z")
    )


def review(
    item: Item, at: datetime = NOW, rating: Rating = Rating.GOOD, suggested: Rating | None = Rating.GOOD
) -> Review:
    return Review(item, rating, suggested, 0.75, "my answer", 12.5, at)


def sqlite(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


def open_database(folder: Path) -> Database:
    return Database.open(sqlite(folder / "progress.sqlite"), NOW)


def progress_of(database: Database, fingerprint: str = "first", learner: str = "me") -> Progress:
    return Progress(database, "small-bank", fingerprint, learner)
