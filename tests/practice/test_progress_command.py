"""`ecsquiz progress`, as a learner types it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quiz.bank.store import Bank
from quiz.practice.marks import flag, suspend
from quiz.practice.progress import Progress
from quiz.practice.supply import bank_slug
from tests.conftest import Run
from tests.practice.practice_samples import MINUTE, NOW, open_database, progress_of, recall, review, sqlite


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a learner who has reviewed two items."""
    with open_database(tmp_path) as database:
        for question in (1, 2):
            progress_of(database).record(review(recall(question), NOW + question * MINUTE))
    return {"ECSQUIZ_DATABASE_URL": str(sqlite(tmp_path / "progress.sqlite"))}


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has never practised."""
    return {"ECSQUIZ_DATABASE_URL": str(sqlite(tmp_path / "other" / "progress.sqlite"))}


def count(home: dict[str, str], table: str = "review") -> int:
    path = home["ECSQUIZ_DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def test_an_export_can_be_imported_elsewhere(
    ecsquiz: Run, home: dict[str, str], empty: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    assert ecsquiz("progress", "export", str(file), **home).returncode == 0
    done = ecsquiz("progress", "import", str(file), **empty)
    assert (done.returncode, done.stdout) == (0, "")
    assert "`me` had 0 reviews and has 2 now." in done.stderr
    assert ecsquiz("progress", "export", **empty).stdout == file.read_text()


def test_an_import_over_progress_needs_a_word(ecsquiz: Run, home: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    ecsquiz("progress", "export", str(file), **home)
    refused = ecsquiz("progress", "import", str(file), **home)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "there is progress of `me` already" in refused.stderr
    assert "merge" in refused.stderr
    assert ecsquiz("progress", "import", str(file), "--replace", **home).returncode == 0


def test_merging_a_file_twice_says_that_nothing_is_new(
    ecsquiz: Run, home: dict[str, str], empty: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    ecsquiz("progress", "export", str(file), **home)
    first, second = (ecsquiz("progress", "merge", str(file), **empty) for _ in range(2))
    assert "has 2 now" in first.stderr
    assert "Nothing to change" in second.stderr
    assert count(empty) == 2


def test_a_reset_keeps_a_copy_that_brings_everything_back(
    ecsquiz: Run, home: dict[str, str], tmp_path: Path
) -> None:
    before = ecsquiz("progress", "export", **home).stdout
    asked = ecsquiz("progress", "reset", **home)
    assert (asked.returncode, "Add --yes" in asked.stderr, count(home)) == (1, True, 2)
    assert ecsquiz("progress", "reset", "--yes", **home).returncode == 0
    assert count(home) == count(home, "schedule") == 0
    (copy,) = (tmp_path / "backups").iterdir()
    assert ecsquiz("progress", "import", str(copy), **home).returncode == 0
    assert ecsquiz("progress", "export", **home).stdout == before


def test_a_reset_of_a_part_leaves_the_rest(
    ecsquiz: Run, home: dict[str, str], bank_folder: Path, tmp_path: Path
) -> None:
    done = ecsquiz("progress", "reset", "--question", "1", "--yes", "--bank", str(bank_folder), **home)
    assert (done.returncode, count(home)) == (0, 1), done.stderr
    again = ecsquiz("progress", "reset", "--question", "1", "--yes", "--bank", str(bank_folder), **home)
    assert (again.returncode, again.stderr) == (0, "There is nothing to forget.\n")


def test_a_file_that_is_no_progress_is_refused_in_one_line(
    ecsquiz: Run, home: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "other.json"
    file.write_text('{"format": "something else"}')
    for command in ("import", "merge"):
        refused = ecsquiz("progress", command, str(file), **home)
        assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
        assert str(file) in refused.stderr
    missing = ecsquiz("progress", "merge", str(tmp_path / "none.json"), **home)
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert count(home) == 2


def test_an_export_that_cannot_be_written_says_so(ecsquiz: Run, home: dict[str, str], tmp_path: Path) -> None:
    refused = ecsquiz("progress", "export", str(tmp_path / "no" / "where.json"), **home)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)


def test_the_doctor_mends_and_then_finds_nothing(ecsquiz: Run, home: dict[str, str], tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "progress.sqlite")) as connection, connection:
        connection.execute("DELETE FROM schedule")
    found = ecsquiz("progress", "doctor", **home)
    assert (found.returncode, found.stdout.count("safe to mend")) == (1, 2)
    mended = ecsquiz("progress", "doctor", "--repair", "--json", **home)
    assert (mended.returncode, json.loads(mended.stdout)["left"]) == (0, 0)
    well = ecsquiz("progress", "doctor", **home)
    assert (well.returncode, well.stdout) == (0, "All is well with 1 learner.\n")
    assert count(home, "schedule") == 2


def test_the_doctor_has_nothing_to_say_of_an_empty_database(ecsquiz: Run, empty: dict[str, str]) -> None:
    assert ecsquiz("progress", "doctor", **empty).stdout == "All is well with 0 learners.\n"


def test_settings_are_shown_changed_and_put_back(ecsquiz: Run, home: dict[str, str]) -> None:
    changed = ecsquiz(
        "progress", "settings", "--retention", "0.85", "--learning-steps", "5, 30", "--no-fuzz", **home
    )
    assert changed.stdout.splitlines()[:4] == [
        "Retention         0.85",
        "Learning steps    5, 30 (minutes)",
        "Relearning steps  10 (minutes)",
        "Fuzz              off",
    ]
    assert ecsquiz("progress", "settings", **home).stdout == changed.stdout
    assert json.loads(ecsquiz("progress", "settings", "--usual", "--json", **home).stdout)["retention"] == 0.9


@pytest.mark.parametrize(
    "option", [("--retention", "2"), ("--learning-steps", "soon"), ("--relearning-steps", "-1")], ids=str
)
def test_an_impossible_setting_is_refused_and_nothing_changes(
    ecsquiz: Run, home: dict[str, str], option: tuple[str, str]
) -> None:
    refused = ecsquiz("progress", "settings", *option, **home)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert "Retention         0.9" in ecsquiz("progress", "settings", **home).stdout


def test_too_short_a_history_cannot_be_fitted(ecsquiz: Run, home: dict[str, str]) -> None:
    refused = ecsquiz("progress", "optimise", **home)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "it takes 200" in refused.stderr


def test_what_is_set_aside_and_remarked_on_is_listed_and_taken_back(
    ecsquiz: Run, bank: Bank, bank_folder: Path, tmp_path: Path
) -> None:
    item = bank.items()[0]
    with open_database(tmp_path) as database:
        progress = Progress(database, bank_slug(bank), bank.version)
        suspend(progress, item, NOW)
        flag(progress, item, "unclear", NOW)
    url = str(sqlite(tmp_path / "progress.sqlite"))
    where = {"ECSQUIZ_DATABASE_URL": url, "ECSQUIZ_BANK": str(bank_folder)}
    assert ecsquiz("progress", "flags", **where).stdout == f"2026-03-02  {item.id}  unclear\n"
    assert json.loads(ecsquiz("progress", "suspended", "--json", **where).stdout)[0]["item"] == item.id
    restored = ecsquiz("progress", "suspended", "--restore", item.id, **where)
    assert (restored.returncode, restored.stdout, restored.stderr) == (0, "", "Nothing is set aside.\n")
    again = ecsquiz("progress", "suspended", "--restore", item.id, **where)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
