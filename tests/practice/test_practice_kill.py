"""kill -9 at random moments: what the learner was told is saved, is, and nothing else is changed."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quiz.practice.combining import replayed, schedule_of
from quiz.practice.database import Database
from quiz.practice.exchange import history_of
from quiz.practice.progress import Progress
from quiz.practice.tuning import Tuning
from tests.practice.practice_samples import DAY, NOW, sqlite
from tests.practice.scripted import (
    TOLD,
    Command,
    Executioner,
    Kept,
    bank_of_many,
    finished,
    kept,
    needs_fork,
    script,
    states,
)

pytestmark = needs_fork

GROUPS = 10
KILLS = 20
"""In each group; so two hundred in all."""
STEPS = 16


def is_whole(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def opens_with_schedules_that_follow_from_the_reviews(database: Path, learner: str) -> None:
    with Database.open(sqlite(database), NOW) as opened:
        history = history_of(opened, learner)
        items = [item for bank in history.banks for item in bank.items]
        tuning = Tuning.from_dict(history.settings)
        for item in items:
            assert (item.schedule is None) == (item.reviews == ())
            if item.schedule:
                assert schedule_of(item.schedule) == replayed(item.reviews, tuning)[-1]
        progress = Progress(opened, "small-bank", "", learner)
        waiting = [item for item in items if item.schedule and item.suspended is None]
        assert progress.count_due(NOW + 40_000 * DAY) == len(waiting)


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_killed_session_loses_no_acknowledged_review(group: int, bank_folder: Path, tmp_path: Path) -> None:
    bank = bank_of_many(bank_folder)
    chance = random.Random(group)
    database = tmp_path / "progress.sqlite"

    def session(number: int) -> tuple[Command, str, list[Kept]]:
        learner = f"learner {number}"
        steps = script(chance, learner, STEPS)
        arguments = ("practice", "--bank", str(bank), "--learner", learner, "--kind", "recall", "--new", "99")
        typed = "".join(step.typed for step in steps)
        return Command(arguments, typed, database, tmp_path / f"{number}.words"), learner, states(steps)

    command, learner, changes = session(0)
    finished(command)  # the first of a process pays for what is loaded late
    assert kept(database).get(learner, Kept()) == changes[-1]
    command, learner, changes = session(1)
    usual = finished(command)
    assert kept(database).get(learner, Kept()) == changes[-1]

    executioner = Executioner(chance, usual)
    acknowledged = kills = 0
    number = 1
    while kills < KILLS:
        number += 1
        if number % 5 == 0:  # these are killed while the database is being made, perhaps
            database = tmp_path / f"progress-{number}.sqlite"
        before = kept(database) if database.exists() else {}
        command, learner, changes = session(number)
        kills += executioner.kills(command)
        told = len(re.findall(TOLD, command.shown()))
        after = kept(database) if database.exists() else {}
        assert after.pop(learner, Kept()) in changes[told : told + 2]
        assert after == before
        if database.exists():
            is_whole(database)
            opens_with_schedules_that_follow_from_the_reviews(database, learner)
        acknowledged += told
    assert acknowledged > KILLS
