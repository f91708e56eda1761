"""`ecsquiz practice`, run as a user runs it: in a pipe and in a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run

ANSWER = "The task role gives permissions to the code in the containers.\n\n"

Practise = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def practise(ecsquiz: Run, bank_folder: Path) -> Practise:
    def run(*arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        return ecsquiz("practice", "--bank", str(bank_folder), *arguments, stdin=stdin, **env)

    return run


def reviews(tmp_path: Path) -> list[tuple[str, str]]:
    (path,) = tmp_path.glob("home/**/progress.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT key, review.answer FROM review JOIN item ON item.id = item_id ORDER BY review.id"
        return connection.execute(query).fetchall()


def test_a_first_session_needs_no_set_up(practise: Practise, tmp_path: Path) -> None:
    done = practise("--question", "1", "--kind", "recall", stdin=f"{ANSWER}\nq\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Small bank: 1 new." in done.stdout
    assert "Reviewed 1: " in done.stdout
    assert reviews(tmp_path) == [("1/recall/answer", ANSWER.strip())]


def test_no_colour_and_no_cursor_movement_reach_a_pipe(practise: Practise) -> None:
    done = practise(stdin="\n\n1\n\ns\nq\n", TERM="xterm-256color")
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout


def test_the_end_of_the_input_ends_the_session(practise: Practise) -> None:
    done = practise()
    assert done.returncode == 0
    assert done.stdout.endswith("Nothing reviewed.\n")


def test_what_was_learnt_is_not_asked_again_at_once(practise: Practise) -> None:
    practise("--kind", "recall", stdin="\n4\n\n4\n")
    done = practise("--kind", "recall")
    assert done.returncode == 0
    assert "Nothing is due." in done.stdout
    assert re.search(r"The next is due on \w+ \d+ \w+", done.stdout)
    assert "You have met everything that there is here." in done.stdout


def test_new_items_are_offered_where_none_were_asked_for(practise: Practise) -> None:
    done = practise("--new", "0")
    assert "There are new items: ecsquiz practice --new 10" in done.stdout


def test_the_same_seed_asks_the_same(practise: Practise) -> None:
    assert practise("--seed", "7").stdout == practise("--seed", "7").stdout
    assert len({practise("--seed", str(seed), "--kind", "choice").stdout for seed in range(6)}) > 1


def test_a_session_can_be_narrowed(practise: Practise) -> None:
    assert "Images, from question 2 of the bank" in practise("--level", "repairs").stdout
    assert "Images, from question 2 of the bank" in practise("--topic", "images").stdout
    assert "1 new." in practise("--question", "2", "--kind", "recall").stdout
    assert "3 new." in practise("--new", "3").stdout


def test_a_limit_ends_the_session(practise: Practise, tmp_path: Path) -> None:
    practise("--limit", "1", stdin="\n\n\n\n")
    assert len(reviews(tmp_path)) == 1


def test_no_time_is_no_session(practise: Practise) -> None:
    assert "Nothing reviewed." in practise("--minutes", "0", stdin="\n\n").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--topic", "image"], "Try images"),
        (["--level", "basic"], "Try basics"),
        (["--question", "77"], "there is no question 77"),
        (["--question", "2", "--kind", "cloze"], "no items that fit"),
    ],
)
def test_what_the_bank_does_not_have_is_an_error(practise: Practise, arguments: list[str], said: str) -> None:
    done = practise(*arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["--new", "-1"], ["--limit", "0"], ["--kind", "essay"]])
def test_options_that_make_no_sense_are_usage_errors(practise: Practise, arguments: list[str]) -> None:
    assert practise(*arguments).returncode == 2


def test_a_database_that_is_none_is_an_error_and_stays_as_it_is(practise: Practise, tmp_path: Path) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_text("Dear diary, " * 100)
    done = practise(ECSQUIZ_DATABASE_URL=f"sqlite:///{path}")
    assert done.returncode == 1
    assert "not a progress database" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_text().startswith("Dear diary")


def test_the_progress_can_be_kept_elsewhere_and_for_several_learners(
    practise: Practise, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/class.sqlite"
    for learner in ("ada", "bob"):
        done = practise(
            "--learner", learner, "--kind", "recall", stdin="\n4\n\n4\n", ECSQUIZ_DATABASE_URL=url
        )
        assert "Reviewed 2: 2 right." in done.stdout
    with closing(sqlite3.connect(tmp_path / "class.sqlite")) as connection:
        assert connection.execute("SELECT name FROM learner ORDER BY name").fetchall() == [("ada",), ("bob",)]


def test_a_changed_bank_keeps_the_history_and_says_so(practise: Practise, bank_folder: Path) -> None:
    practise("--kind", "choice", "--new", "50", stdin="\n4\n" * 50)
    path = bank_folder / "basics" / "001-roles.md"
    text = path.read_text()
    path.write_text(text.replace("| Read an object", "| Fetch an object"))
    done = practise("--kind", "choice")
    assert "followed them to a new name." in done.stdout
    assert "Nothing is due." in done.stdout
    path.write_text(re.sub(r"## Who uses which.*?(?=## Key points)", "", text, flags=re.DOTALL))
    assert "no longer in the bank; their history is kept." in practise("--kind", "choice").stdout


def test_the_labs_of_what_was_missed_are_named(practise: Practise, bank_folder: Path) -> None:
    path = bank_folder / "repairs" / "002-pull.md"
    path.write_text(path.read_text().replace("reviewed:", "lab: broken-pull\nreviewed:"))
    done = practise("--lab-linked", "--kind", "recall", stdin="\n\n")
    assert "Small bank: 1 new." in done.stdout
    assert done.stdout.endswith("Repair what you missed:\n  ecsquiz lab start broken-pull\n")
    known = practise("--lab-linked", "--new", "1", stdin="\n4\n")
    assert "ecsquiz lab start" not in known.stdout


def test_a_question_without_a_lab_is_told(practise: Practise) -> None:
    done = practise("--lab-linked", "--question", "1")
    assert done.returncode == 1
    assert done.stderr == "ecsquiz: question 1 has no lab. Leave out --lab-linked.\n"


def test_cramming_says_that_nothing_is_kept_and_keeps_nothing(practise: Practise, tmp_path: Path) -> None:
    practise("--kind", "recall", stdin="\n4\n\n4\n")
    done = practise("--cram", "--kind", "recall", stdin="\n4\n\n4\n")
    assert "Small bank: 2 to go over, weakest first." in done.stdout
    assert done.stdout.count("Nothing of it") == 2
    assert "Reviewed 2: 2 right." in done.stdout
    assert len(reviews(tmp_path)) == 2


def test_cramming_needs_something(practise: Practise) -> None:
    done = practise("--cram", "--new", "0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "You have met nothing of this yet" in done.stdout


def test_help_shows_an_example(practise: Practise) -> None:
    assert "Example: ecsquiz practice" in practise("--help").stdout


class Screen:
    """The command in a terminal of its own, as a person sees it."""

    def __init__(self, bank: Path, home: Path, *arguments: str, **env: str) -> None:
        self._seen = ""
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            clean = {
                name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")
            }
            homes = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CACHE", "CONFIG")}
            command = [sys.executable, "-m", "quiz", "practice", "--bank", str(bank), *arguments]
            # Whoever runs the tests in the background has Ctrl-C ignored, and children inherit that.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execve(  # noqa: S606
                sys.executable, command, {**clean, **homes, "TERM": "xterm-256color", "COLUMNS": "60", **env}
            )

    def type(self, keys: str) -> None:
        # As a person does, a moment after the prompt: readline shows it before it listens for Ctrl-C.
        time.sleep(0.3)
        os.write(self._terminal, keys.encode())

    def until(self, text: str) -> str:
        """Read on until `text` has been shown; all that was shown since the last call."""
        deadline = time.monotonic() + 60
        while text not in self._seen:
            assert time.monotonic() < deadline, self._seen
            if select.select([self._terminal], [], [], 0.1)[0]:
                self._seen += os.read(self._terminal, 4096).decode()
        end = self._seen.index(text) + len(text)
        shown, self._seen = self._seen[:end], self._seen[end:]
        return shown

    def press_until(self, key: str, text: str) -> str:
        """Press a key, and again where nothing comes of it, as one does; what was shown until `text` was.

        Readline is deaf to Ctrl-C for a moment while it sets up the terminal, longer on a busy machine.
        """
        for _ in range(6):
            self.type(key)
            pressed = time.monotonic()
            while text not in self._seen and time.monotonic() < pressed + 10:
                if select.select([self._terminal], [], [], 0.1)[0]:
                    self._seen += os.read(self._terminal, 4096).decode()
            if text in self._seen:
                break
        return self.until(text)

    def until_over(self, keys: str) -> str:
        """Type the same at this prompt and at all to come; what was shown until the command ended."""
        shown = self._seen
        self.type(keys)
        while True:
            try:
                shown += os.read(self._terminal, 4096).decode()
            except OSError:  # its end has closed the terminal
                return shown
            if shown.endswith("> "):
                self.type(keys)

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)

    def ended_well(self) -> bool:
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1]) == 0


def test_a_terminal_shows_colour_and_takes_keys(bank_folder: Path, tmp_path: Path) -> None:
    screen = Screen(bank_folder, tmp_path / "home", "--kind", "recall")
    assert "\x1b[1;36m1 of 2" in screen.until("\n> ")
    screen.type("\n")
    screen.until("answer again")
    screen.until("\n> ")
    screen.type("\n")
    screen.until("2 of 2")
    screen.until("\n> ")
    screen.type("q\n")
    screen.until("Reviewed 1")
    assert screen.ended_well()
    assert len(reviews(tmp_path)) == 1


def test_no_color_is_respected_in_a_terminal(bank_folder: Path, tmp_path: Path) -> None:
    screen = Screen(bank_folder, tmp_path / "home", NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", screen.until("\nAnswer: "))
    screen.type("q\n")
    screen.until("Nothing reviewed.")
    assert screen.ended_well()


def test_the_editor_of_the_learner_is_used(bank_folder: Path, tmp_path: Path) -> None:
    editor = tmp_path / "my editor"
    editor.write_text(
        f"#!{sys.executable}\nimport sys\npath = sys.argv[-1]\ntext = open(path).read()\n"
        "assert 'does not count' in text\nopen(path, 'w').write('The task role is for the code.' + text)\n"
    )
    editor.chmod(0o755)
    screen = Screen(bank_folder, tmp_path / "home", "--question", "1", EDITOR=f"'{editor}' --wait")
    screen.until("\n> ")
    screen.type("e\n")
    screen.until("answer again")
    screen.until("\n> ")
    screen.type("q\n")
    screen.until("Reviewed 1")
    assert screen.ended_well()
    assert reviews(tmp_path) == [("1/recall/answer", "The task role is for the code.")]


def test_an_editor_that_is_not_there_is_told(bank_folder: Path, tmp_path: Path) -> None:
    screen = Screen(bank_folder, tmp_path / "home", "--question", "1", EDITOR="no-such-editor")
    screen.until("\n> ")
    screen.type("e\n")
    screen.until("did not work")
    screen.until("\n> ")
    screen.type("\x04")
    screen.until("Nothing reviewed.")
    assert screen.ended_well()


@pytest.mark.parametrize("typed", ["half an answer\x03", "half an answer\nand more\x03", "\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_leave_cleanly(bank_folder: Path, tmp_path: Path, typed: str) -> None:
    screen = Screen(bank_folder, tmp_path / "home", "--kind", "recall")
    screen.until("\n> ")
    screen.type("\n")
    screen.until("answer again")
    screen.until("\n> ")
    screen.type("\n")
    screen.until("2 of 2")
    screen.until("\n> ")
    screen.type(typed[:-1])
    assert "Traceback" not in screen.press_until(typed[-1], "Reviewed 1")
    assert screen.ended_well()
    assert len(reviews(tmp_path)) == 1


def test_a_killed_terminal_does_not_lose_a_half_written_answer(bank_folder: Path, tmp_path: Path) -> None:
    screen = Screen(bank_folder, tmp_path / "home", "--kind", "recall", "--seed", "1")
    first = screen.until("\n> ")
    screen.type("The task role is for the code.\n")
    screen.until("\n> ")
    screen.type("And")
    screen.kill()
    for seed in ("2", "3"):
        again = Screen(bank_folder, tmp_path / "home", "--kind", "recall", "--seed", seed)
        shown = again.until("You had begun an answer.") + again.until("for the code.")
        assert re.findall(r"question \d", shown) == re.findall(r"question \d", first)
        again.until("\n> ")
        again.type("q\n")
        again.until("Nothing reviewed.")
        assert again.ended_well()


def test_plain_can_be_asked_for_and_refused(bank_folder: Path, tmp_path: Path) -> None:
    screen = Screen(bank_folder, tmp_path / "home", "--plain")
    assert "Question 1 of " in screen.until("\nAnswer: ")
    screen.type("q\n")
    screen.until("Nothing reviewed.")
    assert screen.ended_well()
    screen = Screen(bank_folder, tmp_path / "home", "--no-plain", NO_COLOR="1")
    assert "1 of " in screen.until("\n> ")
    screen.type("q\n")
    screen.until("Nothing reviewed.")
    assert screen.ended_well()
