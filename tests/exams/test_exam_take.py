"""`ecsquiz exam take`: at the keys of a terminal, through a pipe, and after a kill."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from quiz.cli.taking.desk import Desk
from quiz.cli.taking.reading import Ask, Left, TimeUp, read_keys
from quiz.cli.taking.screen import Screen, clock, standing
from quiz.exams import record
from quiz.exams.formats import terminal
from quiz.exams.sitting.sheet import sheet_of
from quiz.exams.sitting.sitting import Sitting
from quiz.exams.sitting.steps import Command, Step
from tests.conftest import CHECKOUT, Run
from tests.exams.exam_samples import exam_of_each_kind

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EXAM = exam_of_each_kind(1)
SHEET = sheet_of(EXAM, EXAM.papers[0])


@pytest.fixture
def exam_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "exam"
    folder.mkdir()
    for name, content in {**record.render(EXAM), **terminal.render(EXAM)}.items():
        (folder / name).write_bytes(content)
    return folder


# The course of a sitting


class Learner:
    """Enters what it was told to, and keeps what was saved and shown meanwhile."""

    def __init__(self, *entries: str | Command) -> None:
        self.entries = list(entries)
        self.saved: list[Sitting] = []
        self.shown = io.StringIO()
        self.now = START

    def read(self, ask: Ask) -> str | Command:
        left = ask.seconds()
        if left is not None and left <= 0:
            raise TimeUp
        if not self.entries:
            raise Left
        entry = self.entries.pop(0)
        if isinstance(entry, str):
            for end in range(1, len(entry) + 1):
                ask.typed(entry[:end])
        return entry

    def sit(self) -> Sitting:
        screen = Screen(Console(file=self.shown, width=80), plain=True)
        return Desk(screen, self.read, lambda: self.now, self.saved.append).run(
            Sitting(SHEET, "s1", "Ann", START)
        )


def test_each_key_is_saved_and_commands_are_no_answers() -> None:
    learner = Learner(Command(Step.GO, 6), "No route", ":5", ":mark")
    learner.sit()
    texts = [sitting.answers.get(6, "") for sitting in learner.saved]
    assert [text for text, before in zip(texts[1:], texts, strict=False) if text != before] == [
        *("N", "No", "No r", "No ro", "No rou", "No rout", "No route")
    ]
    assert learner.saved[-1].marked == {5}
    assert learner.saved[-1].answers == {6: "No route"}


def test_an_answer_leads_to_the_next_item_and_one_that_cannot_be_marked_does_not() -> None:
    learner = Learner("Z", "B")
    assert learner.sit().at == 2
    assert "There is no such option; the last one is D." in learner.shown.getvalue()


def test_the_last_answer_does_not_hand_in() -> None:
    learner = Learner(":6", "At last")
    assert learner.sit().ended is None
    assert "That was the last item." in learner.shown.getvalue()


def test_handing_in_shows_what_is_open_and_asks_once_more() -> None:
    learner = Learner("A", Command(Step.MARK), ":end", "no", ":end", "yes", "never read")
    sitting = learner.sit()
    assert sitting.ended == START
    assert learner.entries == ["never read"]
    assert "Open: 2, 3, 4, 5, 6." in learner.shown.getvalue()
    assert "Marked: 2." in learner.shown.getvalue()
    assert sitting.answers == {1: "A"}


def test_when_the_time_is_up_the_paper_is_handed_in_as_it_stands() -> None:
    learner = Learner("B")
    read = learner.read

    def slow(ask: Ask) -> str | Command:
        found = read(ask)
        learner.now = START + timedelta(minutes=46)
        return found

    learner.read = slow  # type: ignore[method-assign]
    sitting = learner.sit()
    assert sitting.ended == START + timedelta(minutes=45)
    assert learner.saved[-1] == sitting
    assert sitting.answers == {1: "B"}
    assert "The time is up." in learner.shown.getvalue()


def test_an_answer_can_be_taken_back() -> None:
    assert Learner("B", ":1", ":clear").sit().answers == {}


def test_leaving_keeps_the_sitting_open() -> None:
    assert Learner("B", ":quit", "never read").sit().ended is None


def test_an_unknown_command_is_neither_taken_nor_saved() -> None:
    learner = Learner(":wrong")
    assert learner.sit().answers == {}
    assert "There is no such key." in learner.shown.getvalue()


def test_the_foot_of_the_terminal_says_where_one_is_and_how_long_there_is() -> None:
    sitting = Sitting(SHEET, "s1", "Ann", START).answering("B").with_mark_turned()
    said = standing(sitting, START + timedelta(minutes=2, seconds=51))
    assert said.startswith("1 of 6 · 1 answered · 1 marked · 42:09 left · ")
    assert clock(timedelta(hours=1, minutes=2, seconds=9)) == "1:02:09"
    assert clock(timedelta(seconds=-5)) == "0:00"


# The keys of a terminal


def at_the_keys(keys: str, begun: str = "", seconds: float | None = None) -> tuple[str | Command, list[str]]:
    """What the reader gives for these keys, and what it told of meanwhile."""
    typed: list[str] = []
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        found = read_keys(Ask(begun, typed.append, lambda: "", lambda: seconds))
    return found, typed


def test_every_key_is_told_with_the_whole_text() -> None:
    assert at_the_keys("ab\x7fc\r") == ("ac", ["a", "ab", "a", "ac"])


def test_an_answer_is_begun_where_it_was_left() -> None:
    assert at_the_keys("!\r", begun="so far") == ("so far!", ["so far!"])


def test_escape_and_enter_make_a_new_line() -> None:
    assert at_the_keys("a\x1b\rb\r")[0] == "a\nb"


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ("\x1b[6~", Step.NEXT),
        ("\x1b[5~", Step.BACK),
        ("\x1bOQ", Step.MARK),
        ("\x1bOR", Step.LIST),
        ("\x1b[21~", Step.END),
    ],
)
def test_keys_lead_elsewhere_and_what_was_typed_is_told_before(key: str, step: Step) -> None:
    assert at_the_keys(f"a{key}") == (Command(step), ["a"])


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_control_c_and_control_d_leave(key: str) -> None:
    with pytest.raises(Left):
        at_the_keys(key)


def test_the_time_runs_out_in_the_middle_of_an_answer() -> None:
    with pytest.raises(TimeUp):
        at_the_keys("half an ans", seconds=0.05)


# The command


@pytest.fixture
def take(ecsquiz: Run, exam_folder: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str, typed: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        return ecsquiz(
            *("exam", "take", str(exam_folder), "--learner", "s1", "--out", str(tmp_path / "s1.json")),
            *arguments,
            stdin="".join(f"{line}\n" for line in typed),
        )

    return run


def answers_in(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "s1.json").read_text())["answers"]
    return found


def test_a_sitting_through_a_pipe_ends_with_a_file_for_the_trainer(
    take: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = take("A", "--name", "Ann Lee", typed=["b", ":6", "No route", ":e", "yes"])
    assert done.returncode == 0, done.stderr
    assert f"Handed in: {tmp_path / 's1.json'}. Give this file to your trainer." in " ".join(
        done.stdout.split()
    )
    assert "points, " not in done.stdout.rpartition("Handed in")[2]
    found = json.loads((tmp_path / "s1.json").read_text())
    assert found["format"] == "ecsquiz sitting"
    assert (found["exam"], found["paper"]) == (EXAM.id, SHEET.paper)
    assert found["learner"] == {"id": "s1", "name": "Ann Lee"}
    assert found["answers"] == {"1": "b", "6": "No route"}
    assert datetime.fromisoformat(found["started"]) <= datetime.fromisoformat(found["ended"])


def test_the_same_command_goes_on_and_a_sitting_that_has_ended_does_not(
    take: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    assert "The same command goes on;" in " ".join(take(typed=["b"]).stdout.split())
    again = take(typed=[":e", "yes"])
    assert "You go on where you stopped; answered so far: 1." in again.stdout
    assert answers_in(tmp_path) == {"1": "b"}
    refused = take(typed=["c"])
    assert refused.returncode == 1
    assert refused.stderr.endswith("s1.json: this sitting has ended. Give the file to your trainer.\n")
    assert answers_in(tmp_path) == {"1": "b"}


def test_the_result_is_shown_where_the_trainer_allows_it(
    take: Callable[..., subprocess.CompletedProcess[str]], exam_folder: Path
) -> None:
    found = json.loads((exam_folder / "exam.json").read_text())
    found["blueprint"]["show_result"] = True
    (exam_folder / "exam.json").write_text(json.dumps(found))
    (right,) = EXAM.papers[0].items[0].letters
    done = take(typed=[right, ":e", "yes"])
    assert "1 of 15 points, 7%: not passed." in done.stdout


def test_a_kill_in_the_middle_of_a_word_loses_no_key(
    take: Callable[..., subprocess.CompletedProcess[str]], exam_folder: Path, tmp_path: Path
) -> None:
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "quiz", "exam", "take", str(exam_folder), "--learner", "s1"]
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path / "s1.json")],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=CHECKOUT,
        env={**os.environ, "TERM": "xterm", "HOME": str(tmp_path)},
    )
    try:
        shown = b""
        while b"Type the letter" not in shown:
            shown += os.read(master, 4096)
        os.write(master, b":6\r")
        while b"few sentences" not in shown:
            shown += os.read(master, 4096)
        os.write(master, b"half an ans")
        wait_until(lambda: answers_in(tmp_path).get("6") == "half an ans")
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(master)
        os.close(slave)
    again = take(typed=[""])
    assert "6 of 6" in again.stdout
    assert answers_in(tmp_path) == {"6": "half an ans"}


def wait_until(reached: Callable[[], bool]) -> None:
    """Raises AssertionError where it takes more than half a minute."""
    for _ in range(300):
        if reached():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def test_nobody_sits_an_exam_without_an_id(ecsquiz: Run, exam_folder: Path, tmp_path: Path) -> None:
    done = ecsquiz("exam", "take", str(exam_folder), stdin="b\n")
    assert done.returncode == 1
    assert done.stderr == "ecsquiz: it is not said who sits this exam. Add --learner with your id.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["exam"]
