"""A full disk, and one that can only be read: told in one line, and nothing that was kept is lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from quiz.bank.build import build_bank
from quiz.errors import UserError
from quiz.practice.exchange import history_of
from quiz.practice.history import to_json
from tests.conftest import Run
from tests.practice.databases import database_of, history, older, state
from tests.practice.mounts import needs_mounts, with_read_only, with_small_disk
from tests.practice.practice_samples import open_database, progress_of, recall, review, sqlite
from tests.practice.scripted import bank_of_many, kept
from tests.practice.test_practice_command import Screen

MINE = history(range(1, 41))


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Where a small disk is going to be; what it begins with is in the folder `disk.before`."""
    (tmp_path / "disk.before").mkdir()
    return tmp_path / "disk"


def one_line(done: subprocess.CompletedProcess[str], *said: str) -> None:
    assert done.returncode == 1
    assert done.stderr.startswith("ecsquiz: ")
    assert done.stderr.count("\n") == 1
    for words in said:
        assert words in done.stderr


def url(path: Path) -> dict[str, str]:
    return {"ECSQUIZ_DATABASE_URL": str(sqlite(path))}


def test_a_review_that_found_no_room_is_kept_when_there_is_some(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        progress_of(database).record(review(recall()))
        with database.read() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        long = replace(review(recall(2)), answer="a long answer " * 2000)
        with pytest.raises(UserError, match=r"the disk is full. Make room and try again"):
            progress_of(database).record(long)
        assert history_of(database, "me").reviews == 1
        with database.read() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        progress_of(database).record(long)
        assert history_of(database, "me").reviews == 2


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")
def test_in_a_terminal_the_answer_waits_until_there_is_room(bank_folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "progress.sqlite"
    screen = Screen(bank_folder, tmp_path / "home", "--kind", "recall", **url(database))
    screen.until("\n> ")
    screen.type("\n")
    screen.until("answer again")
    screen.until("\n> ")
    screen.type("\n")
    screen.until("2 of 2")
    screen.until("\n> ")
    screen.type("not to be lost\n\n")
    screen.until("answer again")
    screen.until("\n> ")
    usual = resource.prlimit(screen.process, resource.RLIMIT_FSIZE)
    resource.prlimit(screen.process, resource.RLIMIT_FSIZE, (4096, usual[1]))
    screen.type("3\n")
    assert "Make room" in screen.until("Enter tries again")
    screen.until("\n> ")
    screen.type("\n")
    screen.until("Enter tries again")
    screen.until("\n> ")
    resource.prlimit(screen.process, resource.RLIMIT_FSIZE, usual)
    screen.type("\n")
    screen.until("Saved as good")
    screen.until("Reviewed 2")
    assert screen.ended_well()
    assert kept(database)["me"].answers == ("", "not to be lost")


@needs_mounts
def test_a_session_in_a_pipe_ends_where_the_disk_is_full_and_keeps_what_it_said(
    bank_folder: Path, tmp_path: Path, disk: Path
) -> None:
    bank = bank_of_many(bank_folder)
    typed = "".join(f"{number} {'word ' * 700}\n\n3\n" for number in range(40))
    arguments = ["practice", "--bank", str(bank), "--kind", "recall", "--new", "40"]
    done = with_small_disk(disk, 400, arguments, typed, url(disk / "progress.sqlite"))
    one_line(done, "progress.sqlite: the disk is full. Make room")
    answers = kept(tmp_path / "disk.after" / "progress.sqlite")["me"].answers
    assert [answer.split()[0] for answer in answers] == [
        str(number) for number in range(done.stdout.count("Saved as"))
    ]
    assert answers
    state(tmp_path / "disk.after" / "progress.sqlite")


@needs_mounts
@pytest.mark.parametrize("room", [8, 120])
@pytest.mark.parametrize("command", ["merge FILE", "import --replace FILE", "reset --yes", "doctor"])
def test_what_finds_no_room_changes_nothing(command: str, room: int, tmp_path: Path, disk: Path) -> None:
    made = database_of(tmp_path / "made", MINE)
    if command == "doctor":  # it needs room to bring an older database up to date
        made = older(made)
    shutil.copy(made, tmp_path / "disk.before" / "progress.sqlite")
    file = tmp_path / "other.json"
    file.write_text(to_json(history(range(20, 300), "no")))
    size = -(-made.stat().st_size // 1024) + room
    arguments = ["progress", *command.replace("FILE", str(file)).split()]
    done = with_small_disk(disk, size, arguments, "", url(disk / "progress.sqlite"))
    if done.returncode == 0:
        assert room > 8
    else:
        one_line(done, "Make room")
        after = tmp_path / "disk.after"
        assert state(after / "progress.sqlite") == MINE
        assert not list(after.rglob("*.part"))


@needs_mounts
def test_an_export_that_finds_no_room_leaves_the_one_before(tmp_path: Path, disk: Path) -> None:
    made = database_of(tmp_path / "made", MINE)
    (tmp_path / "disk.before" / "mine.json").write_text("the one before")
    done = with_small_disk(disk, 16, ["progress", "export", str(disk / "mine.json")], "", url(made))
    one_line(done, "mine.json: cannot be written: No space left")
    after = tmp_path / "disk.after"
    assert [path.name for path in after.iterdir()] == ["mine.json"]
    assert (after / "mine.json").read_text() == "the one before"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [("export",), ("doctor", "--json"), ("export", "/dev/full")], ids=str)
def test_output_that_finds_no_room_is_told_in_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    made = database_of(tmp_path / "made", MINE)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "quiz", "progress", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **url(made)},
            check=False,
        )
    one_line(done, "No space left on device")
    assert Path("/dev/full").is_char_device()


def test_an_export_into_a_pipe_leaves_the_pipe_where_it_is(ecsquiz: Run, tmp_path: Path) -> None:
    made = database_of(tmp_path / "made", MINE)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        assert ecsquiz("progress", "export", str(pipe), **url(made)).returncode == 0
        assert reader.communicate()[0] == to_json(MINE)
    assert pipe.is_fifo()


@needs_mounts
def test_a_home_that_can_only_be_read_is_told_before_the_first_question(
    bank_folder: Path, tmp_path: Path
) -> None:
    bank = bank_of_many(bank_folder)
    home = tmp_path / "home"
    home.mkdir()
    homes = {"HOME": str(home), **{f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CACHE")}}
    refused = with_read_only(home, ["practice", "--bank", str(bank)], "", homes)
    one_line(refused, "your progress cannot be kept here: Read-only file system", "ECSQUIZ_DATABASE_URL=")
    assert refused.stdout == ""
    refused = with_read_only(home, ["practice", "--bank", str(bank_folder)], "", homes)
    one_line(refused, "the compiled bank cannot be written: Read-only file system", "--out FILE")
    elsewhere = tmp_path / "elsewhere.sqlite"
    done = with_read_only(
        home, ["practice", "--bank", str(bank), "--limit", "1"], "yes\n\n3\n", {**homes, **url(elsewhere)}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert kept(elsewhere)["me"].answers == ("yes",)


@needs_mounts
@pytest.mark.parametrize("command", ["practice", "stats", "progress export", "progress doctor"])
def test_a_database_that_can_only_be_read_is_told_and_stays_as_it_is(
    command: str, bank_folder: Path, tmp_path: Path
) -> None:
    build_bank(bank_folder, tmp_path / "bank.sqlite")
    made = database_of(tmp_path / "made", MINE)
    env = {"ECSQUIZ_BANK": str(tmp_path / "bank.sqlite"), **url(made)}
    done = with_read_only(made.parent, command.split(), "", env)
    one_line(done, str(made), "Make it writable, or name another place")
    assert state(made) == MINE


@pytest.mark.parametrize("place", ["DATA", "CACHE"])
def test_a_file_where_a_folder_should_be_is_told(place: str, ecsquiz: Run, bank_folder: Path) -> None:
    file = bank_folder / "in the way"
    file.write_text("")
    done = ecsquiz("practice", "--bank", str(bank_folder), **{f"XDG_{place}_HOME": str(file)})
    one_line(done, str(file))


def test_a_damaged_database_is_told_and_never_made_worse(ecsquiz: Run, tmp_path: Path) -> None:
    made = database_of(tmp_path / "made", MINE)
    content = bytearray(made.read_bytes())
    content[8192:40960] = b"\xff" * 32768
    made.write_bytes(content)
    for command in ("export", "merge", "doctor"):
        arguments = ("merge", str(tmp_path / "other.json")) if command == "merge" else (command,)
        (tmp_path / "other.json").write_text(to_json(history(range(1, 3), "no")))
        done = ecsquiz("progress", *arguments, **url(made))
        assert done.returncode == 1
        assert "damaged" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        assert made.read_bytes() == bytes(content)
