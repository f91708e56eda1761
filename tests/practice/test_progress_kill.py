"""kill -9 in the middle of what changes much at once: it is done wholly, or not at all."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from quiz.bank.build import build_bank
from quiz.practice.database import MIGRATIONS, versions
from quiz.practice.history import LearnerHistory, from_json, to_json
from tests.practice.databases import database_of, history, older, state
from tests.practice.scripted import Command, Executioner, finished, needs_fork

pytestmark = needs_fork

KILLS = 12


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run of a command: what it said, and the database that it left."""

    said: str
    database: Path


def attempts(tmp_path: Path, database: Path, *arguments: str) -> list[Attempt]:
    """The command on copies of the database: first to its end, then killed at random moments of it."""

    def on_a_copy(number: int) -> Command:
        folder = tmp_path / f"copy {number}"
        folder.mkdir()
        shutil.copy(database, folder / "progress.sqlite")
        return Command(arguments, "", folder / "progress.sqlite", folder / "words")

    whole = on_a_copy(0)
    finished(whole)
    executioner = Executioner(random.Random(str(arguments[:2])), finished(on_a_copy(1)))
    found = [Attempt(whole.shown(), whole.database)]
    number = 1
    while len(found) <= KILLS:
        command = on_a_copy(number := number + 1)
        if executioner.kills(command):
            found.append(Attempt(command.shown(), command.database))
    return found


def all_or_nothing(
    found: list[Attempt], before: LearnerHistory, said: str, read: Callable[[Path], object] = state
) -> None:
    whole, *killed_ones = found
    after = read(whole.database)
    assert said in whole.said
    assert after != before
    for attempt in killed_ones:
        assert read(attempt.database) in ((after,) if said in attempt.said else (before, after))
        for copy in attempt.database.parent.glob("backups/*"):
            if not copy.name.startswith("."):
                assert from_json(copy.read_text(), str(copy)) == before


MINE = history(range(1, 61))


def test_a_killed_merge_adds_all_or_nothing(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(to_json(history(range(40, 140), "no")))
    found = attempts(tmp_path, database_of(tmp_path / "made", MINE), "progress", "merge", str(file))
    all_or_nothing(found, MINE, "had 300 reviews and has")


def test_a_killed_import_replaces_all_or_nothing(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(to_json(history(range(40, 140), "no")))
    database = database_of(tmp_path / "made", MINE)
    found = attempts(tmp_path, database, "progress", "import", "--replace", str(file))
    all_or_nothing(found, MINE, "had 300 reviews and has 500")


def test_a_killed_reset_forgets_all_or_nothing(tmp_path: Path) -> None:
    database = database_of(tmp_path / "made", MINE)
    found = attempts(tmp_path, database, "progress", "reset", "--yes")
    all_or_nothing(found, MINE, "had 300 reviews and has 0")


def test_killed_settings_are_the_old_or_the_new(tmp_path: Path) -> None:
    database = database_of(tmp_path / "made", MINE)
    options = ("--retention", "0.8", "--learning-steps", "5,30", "--no-fuzz")
    found = attempts(tmp_path, database, "progress", "settings", *options)
    all_or_nothing(found, MINE, "Retention         0.8")


def test_a_killed_migration_is_finished_by_the_next_session(tmp_path: Path) -> None:
    old = older(database_of(tmp_path / "made", MINE))
    whole, *killed_ones = attempts(tmp_path, old, "progress", "doctor")
    assert "All is well" in whole.said
    for attempt in killed_ones:
        with closing(sqlite3.connect(attempt.database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            marks = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'suspension'").fetchall()
        assert (version, bool(marks)) in (("0001", False), (versions(MIGRATIONS)[-1], True))
        assert state(attempt.database) == MINE
        for copy in attempt.database.parent.glob("progress-before-*.sqlite"):
            with closing(sqlite3.connect(copy)) as connection:
                assert connection.execute("SELECT count(*) FROM review").fetchone() == (300,)
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_killed_re_attaching_moves_all_histories_or_none(tmp_path: Path, bank_folder: Path) -> None:
    compiled = tmp_path / "bank.sqlite"
    build_bank(bank_folder, compiled)
    made = tmp_path / "made"
    made.mkdir()
    database = made / "progress.sqlite"
    drill = ("practice", "--bank", str(compiled), "--kind", "choice", "--new", "50")
    finished(Command(drill, "\n4\n" * 50, database, made / "words"))
    before = state(database)
    path = bank_folder / "basics" / "001-roles.md"
    text = path.read_text()
    for old, new in (("Read an object from", "Read objects from"), ("Put a metric", "Put some metric")):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    build_bank(bank_folder, compiled)
    found = attempts(tmp_path, database, *drill)
    all_or_nothing(found, before, "followed them to a new name")
