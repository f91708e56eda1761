"""kill -9 at random moments: every review that the learner was told is saved, is."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from quiz.grading.grade import Rating
from quiz.practice import schedule
from quiz.practice.schedule import from_microseconds

ROUNDS = 12
QUESTION = """---
number: {number}
level: basics
topics: [roles]
---
# What is thing number {number}?

## Short answer
It is the thing with the number {number}.
"""


def many_questions(folder: Path) -> None:
    for number in range(10, 160):
        (folder / "basics" / f"{number}-thing.md").write_text(QUESTION.format(number=number))


def killed_session(bank: Path, database: Path, learner: str, moment: float) -> int:
    """Answer as fast as possible until killed; how many reviews were acknowledged."""
    arguments = ["--bank", str(bank), "--learner", learner, "--kind", "recall", "--new", "150"]
    with subprocess.Popen(
        [sys.executable, "-m", "quiz", "practice", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "ECSQUIZ_DATABASE_URL": f"sqlite:///{database}", "PYTHONUNBUFFERED": "1"},
    ) as drill:
        assert drill.stdin is not None
        assert drill.stdout is not None
        drill.stdin.write(b"\n\n" * 1000)
        drill.stdin.flush()
        seen = b""
        while b"> " not in seen:
            more = os.read(drill.stdout.fileno(), 4096)
            assert more, seen  # it ended by itself
            seen += more
        time.sleep(moment)
        drill.kill()
        seen += drill.stdout.read()
        drill.stdin.close()
    return seen.count(b"Saved as")


def test_no_acknowledged_review_is_lost(bank_folder: Path, tmp_path: Path) -> None:
    many_questions(bank_folder)
    database = tmp_path / "progress.sqlite"
    chance = random.Random(5)
    acknowledged = 0
    for turn in range(ROUNDS):
        acknowledged += killed_session(bank_folder, database, f"learner {turn}", chance.uniform(0, 0.3))
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            kept = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'review'").fetchone()[
                0
            ]
            kept = connection.execute("SELECT count(*) FROM review").fetchone()[0] if kept else 0
        assert kept >= acknowledged
    assert acknowledged > ROUNDS
    every_schedule_follows_from_its_reviews(database)


def every_schedule_follows_from_its_reviews(database: Path) -> None:
    states: dict[tuple[int, ...], schedule.Schedule] = {}
    with closing(sqlite3.connect(database)) as connection:
        for *item, at, rating in connection.execute(
            "SELECT learner_id, item_id, at, rating FROM review ORDER BY id"
        ):
            before = states.get(tuple(item))
            states[tuple(item)] = schedule.review(before, Rating(rating), from_microseconds(at))
        rows = connection.execute("SELECT learner_id, item_id, due FROM schedule").fetchall()
    expected = {item: schedule.microseconds(state.due) for item, state in states.items()}
    assert {(learner, item): due for learner, item, due in rows} == expected
