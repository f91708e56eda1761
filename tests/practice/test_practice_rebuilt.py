"""The bank changes, between sessions or under one: histories follow, or are kept, and that is told."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import PULL, ROLES, Run
from tests.practice.practice_samples import (
    DAY,
    MINUTE,
    NOW,
    choice,
    open_database,
    progress_of,
    recall,
    review,
    sqlite,
)
from tests.practice.test_practice_command import Screen

Practise = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "progress.sqlite"


@pytest.fixture
def practise(ecsquiz: Run, bank_folder: Path, database: Path) -> Practise:
    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        bank = ("--bank", str(bank_folder))
        done = ecsquiz("practice", *bank, *arguments, stdin=stdin, ECSQUIZ_DATABASE_URL=str(sqlite(database)))
        assert (done.returncode, done.stderr) == (0, "")
        return done

    return run


def reviewed(database: Path) -> dict[str, list[str]]:
    """The answers by item, with a mark at items that are gone."""
    with closing(sqlite3.connect(database)) as connection:
        found: dict[str, list[str]] = {}
        query = (
            "SELECT key, gone, review.answer FROM item JOIN review ON item.id = item_id ORDER BY review.id"
        )
        for key, gone, answer in connection.execute(query):
            found.setdefault(f"{key} (gone)" if gone else key, []).append(answer)
        return found


MOVED = "followed them to a new name"
KEPT = "no longer in the bank; their history is kept"

Edit = Callable[[Path], None]


def rewrite(name: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))

    return edit


def to_another_level(folder: Path) -> None:
    (folder / "basics/001-roles.md").unlink()
    text = ROLES.replace("level: basics", "level: repairs").replace("topics: [roles]", "topics: [images]")
    (folder / "repairs/001-who-is-who.md").write_text(text)


@pytest.mark.parametrize(
    "edit",
    [
        rewrite("basics/001-roles.md", "What does a task role do that", "What things does a task role do"),
        rewrite("basics/001-roles.md", "The task role gives the code in the containers its", "The code has"),
        to_another_level,
    ],
    ids=["another prompt", "another answer", "another level, topic and file"],
)
def test_a_question_that_is_reworded_or_moved_keeps_its_history(
    edit: Edit, practise: Practise, bank_folder: Path, database: Path
) -> None:
    practise("--kind", "recall", stdin="mine\n\n4\nmine\n\n4\n")
    before = reviewed(database)
    assert sum(map(len, before.values())) == 2
    edit(bank_folder)
    done = practise("--kind", "recall")
    assert "Nothing is due." in done.stdout
    assert MOVED not in done.stdout
    assert KEPT not in done.stdout
    assert reviewed(database) == before


def renumbered(folder: Path) -> None:
    (folder / "basics/001-roles.md").unlink()
    (folder / "basics/007-roles.md").write_text(ROLES.replace("number: 1", "number: 7"))


def removed(folder: Path) -> None:
    (folder / "basics/001-roles.md").unlink()


@pytest.mark.parametrize("edit", [renumbered, removed])
def test_the_history_of_a_question_that_is_renumbered_or_removed_is_kept_and_told_once(
    edit: Edit, practise: Practise, bank_folder: Path, database: Path
) -> None:
    practise("--kind", "recall", stdin="mine\n\n4\nmine\n\n4\n")
    before = reviewed(database)
    edit(bank_folder)
    assert f"1 items that you have practised are {KEPT}" in practise("--kind", "recall").stdout
    assert KEPT not in practise("--kind", "recall").stdout
    assert reviewed(database) == {
        "1/recall/answer (gone)": before["1/recall/answer"],
        "2/recall/answer": before["2/recall/answer"],
    }
    # It comes back, and so does what was learnt.
    for path in (bank_folder / "basics").iterdir():
        path.unlink()
    (bank_folder / "basics/001-roles.md").write_text(ROLES)
    assert "Nothing is due." in practise("--kind", "recall").stdout
    assert reviewed(database) == before


def test_a_question_that_is_renumbered_is_asked_as_a_new_one(
    practise: Practise, bank_folder: Path, database: Path
) -> None:
    practise("--kind", "recall", stdin="mine\n\n4\nmine\n\n4\n")
    renumbered(bank_folder)
    assert "1 new" in practise("--kind", "recall", stdin="again\n\n4\n").stdout
    assert reviewed(database)["7/recall/answer"] == ["again"]


def test_a_question_that_is_split_keeps_what_stays_and_tells_what_left(
    practise: Practise, bank_folder: Path, database: Path
) -> None:
    path = bank_folder / "basics/001-roles.md"
    rows = (
        "| Stop a task by hand | task role | a person at a terminal |\n"
        "| Write the log lines | execution role | the awslogs driver |\n"
        "| Register with a balancer | service-linked role | the service scheduler |\n"
        "| Attach a volume at launch | infrastructure role | ECS in the background |\n"
    )
    end = "| Put a metric |"
    path.write_text(ROLES.replace(end, rows + end))
    for kind in ("recall", "choice"):
        practise("--kind", kind, "--question", "1", "--new", "50", stdin="\n4\n" * 50)
    before = reviewed(database)
    path.write_text(ROLES)
    other = PULL.replace("number: 2", "number: 3")
    table = f"## More\n| Action | Role | Used by |\n|---|---|---|\n{rows}\n## Key points"
    (bank_folder / "repairs/003-other.md").write_text(other.replace("## Key points", table))
    done = practise("--kind", "choice", "--question", "1")
    after = reviewed(database)
    gone = [key for key in after if key.endswith("(gone)")]
    assert 0 < len(gone) < len(before)
    assert f"{len(gone)} items that you have practised are {KEPT}" in done.stdout
    assert list(after.values()) == list(before.values())


EDIT = rewrite("basics/001-roles.md", "Read an object from S3", "Read objects from S3")
OTHER_EDIT = rewrite("basics/001-roles.md", "Pull the image", "Pull some image")


def test_a_session_goes_on_with_the_bank_that_it_began_with(
    ecsquiz: Run, practise: Practise, bank_folder: Path, database: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    url = {"ECSQUIZ_DATABASE_URL": str(sqlite(database))}
    only = ("--question", "1", "--kind", "choice", "--new", "50")
    screen = Screen(bank_folder, home, *only, "--no-plain", **url, NO_COLOR="1", HOME=str(home))
    screen.until("\n> ")
    EDIT(bank_folder)
    OTHER_EDIT(bank_folder)
    built = ecsquiz("bank", "build", "--bank", str(bank_folder))
    assert "1 files compiled" in built.stdout
    asked = screen.until_over("\n")
    assert screen.ended_well()
    assert "Read an object" in asked
    assert "Read objects" not in asked
    before = reviewed(database)
    assert len(before) >= 2
    done = practise(*only)
    assert f"the history of 2 items {MOVED}" in " ".join(done.stdout.split())
    assert "Nothing is due." in done.stdout
    after = reviewed(database)
    assert list(after.values()) == list(before.values())
    assert not any("(gone)" in key for key in after)


def test_a_session_that_outlives_its_bank_loses_nothing(
    practise: Practise, bank_folder: Path, database: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    url = {"ECSQUIZ_DATABASE_URL": str(sqlite(database))}
    only = ("--question", "1", "--kind", "choice", "--new", "50")
    screen = Screen(bank_folder, home, *only, "--no-plain", **url, NO_COLOR="1", HOME=str(home))
    screen.until("\n> ")
    screen.type("\n")
    screen.until("answer again")
    screen.until("\n> ")
    screen.type("\n")
    screen.until("Saved as")
    screen.until("\n> ")
    EDIT(bank_folder)
    OTHER_EDIT(bank_folder)
    practise(*only)  # another session, in the rebuilt bank, re-attaches what there is so far
    screen.until_over("\n")
    assert screen.ended_well()
    said = practise(*only).stdout
    after = reviewed(database)
    assert not any("(gone)" in key for key in after)
    assert "Nothing is due." in said
    assert len(after) >= 2


def test_what_was_shown_is_kept_under_the_name_that_it_has_by_then(tmp_path: Path) -> None:
    old = replace(choice(1, "role"), answers=("The execution role pulls the image",))
    new = replace(old, key="puller", answers=("It is the execution role that pulls the image",))
    with open_database(tmp_path) as one:
        progress_of(one).record(review(old))
    with open_database(tmp_path) as one, open_database(tmp_path) as other:
        mine = progress_of(one)
        ((shown, before),) = mine.due(NOW + DAY)
        assert shown == old.id
        assert progress_of(other, "second").follow(lambda: [new]).moves
        receipt = mine.record(review(old, NOW + DAY))
        assert progress_of(other, "second").due(NOW + 90 * DAY) == [(new.id, receipt.schedule)]
        mine.undo(receipt)
        assert progress_of(other, "second").due(NOW + 90 * DAY) == [(new.id, before)]


def test_a_new_item_answered_in_an_old_bank_is_followed_by_the_next_session(tmp_path: Path) -> None:
    old = replace(choice(1, "role"), answers=("The execution role pulls the image",))
    new = replace(old, key="puller", answers=("It is the execution role that pulls the image",))
    with open_database(tmp_path) as one:
        progress_of(one).record(review(recall()))
    with open_database(tmp_path) as one, open_database(tmp_path) as other:
        mine = progress_of(one)
        progress_of(other, "second").follow(lambda: [recall(), new])
        mine.record(review(old, NOW + MINUTE))
        later = progress_of(other, "second").follow(lambda: [recall(), new])
        assert [(move.old, move.new) for move in later.moves] == [(old.id, new.id)]
        assert progress_of(other, "second").follow(lambda: [recall(), new]).moves == ()
