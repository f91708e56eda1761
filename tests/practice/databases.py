"""Databases with much in them, also of the first version of the schema."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine

from quiz.grading.grade import Rating
from quiz.practice.combining import replayed, standing
from quiz.practice.database import MIGRATIONS, Database
from quiz.practice.exchange import change_history, history_of
from quiz.practice.history import BankHistory, ItemHistory, LearnerHistory, PastReview
from quiz.practice.migrating import migrate
from quiz.practice.schedule import microseconds
from quiz.practice.tuning import USUAL
from tests.practice.practice_samples import DAY, MINUTE, NOW, recall, sqlite


def history(questions: range, answer: str = "yes") -> LearnerHistory:
    """Five reviews of each question."""
    items = []
    for question in questions:
        moments = (microseconds(NOW + day * DAY + question * MINUTE) for day in range(5))
        reviews = tuple(PastReview(at, Rating.GOOD, None, 0.5, answer, 3.0) for at in moments)
        item, after = recall(question), standing(replayed(reviews, USUAL)[-1])
        items.append(ItemHistory(item.id, question, item.kind, item.stem, item.answers[0], reviews, after))
    return LearnerHistory("me", {}, (BankHistory("small-bank", tuple(sorted(items, key=lambda i: i.key))),))


def database_of(folder: Path, known: LearnerHistory) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "progress.sqlite"
    with Database.open(sqlite(path), NOW) as database:
        change_history(database, "me", lambda _: known)
    return path


def older(path: Path) -> Path:
    """The database as it was at the first version of its schema."""
    first = path.parent / "first"
    shutil.copytree(MIGRATIONS, first)
    for script in (first / "versions").glob("*.py"):
        if not script.name.startswith("0001"):
            script.unlink()
    old = path.with_name("old.sqlite")
    engine = create_engine(sqlite(old))
    migrate(engine, first)
    engine.dispose()
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("ATTACH ? AS new", (str(path),))
        for table in ("learner", "bank", "item", "schedule", "review"):
            names = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")  # noqa: S608
        connection.commit()
        connection.execute("DETACH new")
    return old


def state(path: Path) -> LearnerHistory:
    """What the next session finds; it also finds that the file is whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with Database.open(sqlite(path), NOW) as database:
        return history_of(database, "me")
