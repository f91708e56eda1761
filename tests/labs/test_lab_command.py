"""`ecsquiz lab` as a user types it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from typer.testing import CliRunner, Result

from labs import run as run_module
from labs.checks.observation import Observation
from labs.errors import LabError
from labs.records import Pass
from labs.run import Run
from labs.scenarios.catalogue import find
from labs.scenarios.questions import Question
from labs.server import process
from labs.server.folder import Address, Progress, RunFolder
from labs.terminal.environment import Environment, environment, lines
from quiz.cli import supplements
from quiz.cli.app import assembled
from quiz.cli.lab.opening import complete_lab, tell_passes
from quiz.cli.lab.shown import show_report
from quiz.errors import UserError


class Lab(Protocol):
    def __call__(self, *words: str) -> Result: ...


@pytest.fixture
def lab(labs_folder: Path) -> Iterator[Lab]:
    """Runs `ecsquiz lab ...` in this process; whatever it started ends with the test."""
    runner = CliRunner()

    def call(*words: str) -> Result:
        return runner.invoke(
            assembled("lab"), ["lab", *words], env={"ECSQUIZ_LABS": str(labs_folder), "NO_COLOR": "1"}
        )

    yield call
    if Run(labs_folder).folder.progress() is not None:
        Run(labs_folder).stop()


def error_of(result: Result) -> UserError:
    assert isinstance(result.exception, UserError)
    return result.exception


def test_the_list_says_what_there_is(lab: Lab) -> None:
    line = next(line for line in lab("list").stdout.splitlines() if line.startswith("101 "))
    assert line.split("  ")[1] == "The shop does not open"
    assert line.split()[-5:] == ["medium", "20", "min", "new", "cannot-pull-container"]
    (entry,) = [item for item in json.loads(lab("list", "--json").stdout) if item["lab"].startswith("101")]
    assert (entry["question"], entry["passes"], entry["best"]) == (101, 0, None)


@pytest.mark.lab
@pytest.mark.xdist_group("lab-server")
def test_a_lab_from_start_to_stop(lab: Lab, labs_folder: Path) -> None:
    started = lab("start", "101")
    assert started.exit_code == 0
    assert "07:40, from Priya, on call:" in started.stdout
    assert 'eval "$(ecsquiz lab env)"' in started.stdout
    assert "already running" in error_of(lab("start", "cannot-pull-container")).message

    assert "export AWS_ENDPOINT_URL='http://127.0.0.1:" in lab("env").stdout
    assert "set -gx AWS_PAGER '';" in lab("env", "--shell", "fish").stdout
    assert json.loads(lab("env", "--json").stdout)["set"]["AWS_REGION"] == "us-east-1"
    assert "scale `web`" in lab("brief").stdout
    assert json.loads(lab("brief", "--json").stdout)["minutes"] == 20

    assert "prod/web: 0 of 2 running" in lab("status").stdout
    assert "shop: HTTP 503" in lab("wait", "5m").stdout
    assert json.loads(lab("status", "--json").stdout)["passed"] is False
    first = lab("check")
    assert first.exit_code == 1
    assert "not yet  GET / through shop gives 200: HTTP 503" in first.stdout

    assert lab("hint").stdout.startswith("Hint 1 of 3: ")
    assert json.loads(lab("hint", "--json").stdout)["hint"] == 2
    lab("hint")
    assert lab("hint").stdout.startswith("Hint 3 of 3: ")
    assert "opens when the lab is repaired" in error_of(lab("solution")).message
    given = json.loads(lab("solution", "--give-up", "--json").stdout)
    assert set(given["repairs"]) == {"nat-gateway", "endpoints-and-missing-tag"}

    run_commands(given["repairs"]["nat-gateway"], json.loads(lab("env", "--json").stdout)["set"], labs_folder)
    passed = lab("check")
    assert passed.exit_code == 0
    assert "Repaired in" in passed.stdout
    assert json.loads(lab("check", "--json").stdout)["passed"] is True
    solution = lab("solution").stdout
    assert "Repair: nat-gateway" in solution
    assert "Two faults, one behind the other." in solution
    assert lab("stop").stdout == "Lab 101-cannot-pull-container has ended.\n"
    assert "new" in lab("list").stdout, "a pass after the solution was shown is no record"


def run_commands(commands: list[str], variables: dict[str, str], folder: Path) -> None:
    """Run the printed repair as a learner would paste it."""
    if not (Path(sys.executable).parent / "aws").exists():
        pytest.skip("the AWS CLI is not installed beside Python: pip install 'ecsquiz[labs]'")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-c", "\n".join(commands)],
        env={**os.environ, **variables, "PATH": path},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.lab
@pytest.mark.xdist_group("lab-server")
def test_start_answers_machines_too(lab: Lab) -> None:
    entry = json.loads(lab("start", "101", "--json").stdout)
    assert entry["endpoint"].startswith("http://127.0.0.1:")
    assert entry["resumed"] is False


@pytest.mark.parametrize(
    "command",
    [
        "env",
        "brief",
        "status",
        "check",
        "hint",
        "answer",
        "solution",
        "curl",
        "logs",
        "shell",
        "resume",
        "reset",
        "stop",
    ],
)
def test_without_a_lab_each_command_says_how_to_start_one(lab: Lab, command: str) -> None:
    error = error_of(lab(command))
    assert error.message == "No lab is running."
    assert error.remedy == "Start one: ecsquiz lab start 101"


def test_an_unknown_lab_is_one_line_with_close_names(lab: Lab) -> None:
    error = error_of(lab("start", "canot-pull"))
    assert error.message == "There is no lab 'canot-pull'."
    assert "cannot-pull-container" in error.remedy


def test_without_moto_the_remedy_is_the_extra(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "NEEDED", ("a_module_that_is_not_there",))
    error = error_of(lab("start", "101"))
    assert "pip install 'ecsquiz[labs]'" in error.remedy
    assert "pip install 'ecsquiz[labs]'" in error_of(lab("verify", "101")).remedy


def test_nobody_waits_for_days(lab: Lab) -> None:
    assert error_of(lab("wait", "48h")).message == "48h is too long to wait."
    assert "is not a time" in error_of(lab("wait", "soon")).message


def test_verify_proves_a_lab(lab: Lab) -> None:
    result = lab("verify", "101")
    assert result.exit_code == 0
    assert "ok  101 broken: fails" in result.stdout
    cases = json.loads(lab("verify", "--all", "--json").stdout)
    assert all(case["holds"] for case in cases)


def test_verify_fails_when_a_proof_does_not_hold(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    from labs.checks.guards import GUARDS

    satisfied = Observation("private", True, "", "")
    monkeypatch.setitem(GUARDS, "private", lambda _scene, _wanted: satisfied)
    result = lab("verify", "101")
    assert result.exit_code == 1
    assert "NOT 101 wrong: public-addresses: fails" in result.stdout


def test_verify_wants_a_lab_or_all(lab: Lab) -> None:
    assert lab("verify").exit_code == 2
    assert lab("verify", "101", "--all").exit_code == 2


# -- the environment


def made(tmp_path: Path, current: dict[str, str]) -> Environment:
    return environment("101-x", Address(1, 4711, "token"), RunFolder(tmp_path), current)


def test_no_real_account_can_be_touched(tmp_path: Path) -> None:
    current = {
        "AWS_PROFILE": "prod",
        "AWS_ENDPOINT_URL_ECS": "https://ecs",
        "AWS_SESSION_TOKEN": "x",
        "HOME": "/",
    }
    wanted = made(tmp_path, current)
    assert set(wanted.removed) == {"AWS_PROFILE", "AWS_ENDPOINT_URL_ECS", "AWS_SESSION_TOKEN"}
    assert wanted.values["AWS_CONFIG_FILE"].startswith(str(tmp_path))
    assert wanted.values["AWS_SHARED_CREDENTIALS_FILE"].startswith(str(tmp_path))
    assert wanted.values["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4711"
    assert "NO_PROXY" not in wanted.values


def test_a_proxy_is_passed_by(tmp_path: Path) -> None:
    wanted = made(tmp_path, {"http_proxy": "http://proxy", "NO_PROXY": "internal"})
    assert wanted.values["NO_PROXY"] == "internal,127.0.0.1,localhost"


def test_each_shell_gets_its_own_words() -> None:
    wanted = Environment({"A": "it's"}, ("B",), "/lab/commands")
    assert lines(wanted, "bash")[:2] == ["unset B", "export A='it'\\''s'"]
    assert lines(wanted, "sh")[-1] == "export PATH='/lab/commands'\":$PATH\""
    assert lines(wanted, "fish")[1:] == ["set -gx A 'it\\'s';", "set -gx PATH '/lab/commands' $PATH;"]
    assert lines(wanted, "powershell")[1] == "$Env:A = 'it''s'"
    with pytest.raises(LabError, match="'tcsh' is not a known shell"):
        lines(wanted, "tcsh")


def test_a_shell_takes_the_environment(tmp_path: Path) -> None:
    text = "\n".join(lines(made(tmp_path, {"AWS_PROFILE": "prod"}), "sh"))
    done = subprocess.run(
        ["sh", "-c", f'{text}\necho "$AWS_ENDPOINT_URL:${{AWS_PROFILE-none}}"'],
        env={"AWS_PROFILE": "prod", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "http://127.0.0.1:4711:none\n"


# -- the folder of a run


def test_a_broken_file_counts_as_none(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.save_progress(Progress("101-x", 1.0, hints=2))
    assert folder.progress() == Progress("101-x", 1.0, hints=2)
    (tmp_path / "progress.json").write_text("{")
    assert folder.progress() is None
    assert folder.address() is None


# -- what a pass leaves behind


@pytest.fixture
def passed(labs_folder: Path) -> Run:
    """A learner who repaired a lab, and was interrupted before the quiz heard of it."""
    run = Run(labs_folder)
    run.records.keep(Pass("002-pull", 2, 1_700_000_000.0, 1_700_000_754.0))
    return run


def test_a_pass_is_marked_in_the_progress_of_the_quiz(
    passed: Run, bank_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECSQUIZ_BANK", str(bank_folder))
    monkeypatch.setenv("ECSQUIZ_DATABASE_URL", f"sqlite:///{tmp_path / 'progress.sqlite'}")
    tell_passes(passed)
    with closing(sqlite3.connect(tmp_path / "progress.sqlite")) as database:
        assert database.execute("SELECT answer FROM review").fetchall() == [("Repaired lab 002-pull.",)]
    assert passed.records.passes()[0].told


def test_a_progress_database_that_cannot_be_used_loses_no_pass(
    passed: Run,
    bank_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ECSQUIZ_BANK", str(bank_folder))
    monkeypatch.setenv("ECSQUIZ_DATABASE_URL", f"sqlite:///{tmp_path}")
    tell_passes(passed)
    assert "Your pass is kept" in capsys.readouterr().err
    assert not passed.records.passes()[0].told


def test_the_list_shows_how_often_and_how_fast(lab: Lab, labs_folder: Path) -> None:
    Run(labs_folder).records.keep(Pass("101-cannot-pull-container", 101, 1000.0, 1754.0))
    assert "done 1x, best 12 min 34 s" in lab("list").stdout
    (entry,) = [item for item in json.loads(lab("list", "--json").stdout) if item["lab"].startswith("101")]
    assert (entry["passes"], entry["best"]) == (1, 754)


# -- a lab that asks something


@pytest.fixture
def asking(labs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run of a lab with a question, without its server."""
    scenario = replace(find("101"), questions=(Question("cause", "Which?", ("b",), ("a", "b")),))
    monkeypatch.setattr(run_module, "find", lambda _: scenario)
    run = Run(labs_folder)
    run.folder.make()
    run.folder.save_progress(Progress(scenario.name, 1000.0))
    return run


def test_an_answer_is_kept_and_shown(lab: Lab, asking: Run) -> None:
    assert "1  a" in lab("answer").stdout
    assert "* 2  b" in lab("answer", "cause", "2").stdout
    assert asking.answers() == {"cause": ["b"]}
    (entry,) = json.loads(lab("answer", "--json").stdout)
    assert entry["answer"] == ["b"]


def test_an_answer_that_cannot_be_is_refused(lab: Lab, asking: Run) -> None:
    assert error_of(lab("answer", "cause", "3")).message == "'3' is no choice of this question."
    assert error_of(lab("answer", "why", "1")).remedy == "It asks: cause."
    assert asking.answers() == {}


def test_a_lab_without_questions_says_so(lab: Lab, labs_folder: Path) -> None:
    run = Run(labs_folder)
    run.folder.make()
    run.folder.save_progress(Progress("101-cannot-pull-container", 1000.0))
    assert "asks no questions" in lab("answer").stdout
    assert "asks no questions" in error_of(lab("answer", "cause", "1")).message


# -- what a terminal shows


def test_a_check_is_explained_point_by_point(capsys: pytest.CaptureFixture[str]) -> None:
    guard = {
        "check": "private",
        "passed": True,
        "wanted": "no address",
        "observed": "none",
        "because": "Audit.",
    }
    outcome = {
        "check": "answers",
        "passed": False,
        "wanted": "HTTP 200",
        "observed": "HTTP 503",
        "because": "",
    }
    report = {
        "passed": False,
        "waited": 600,
        "outcomes": [outcome],
        "guards": [guard],
        "offer_hint": False,
        "seconds": None,
    }
    show_report(report, explain=True)
    told = capsys.readouterr().out.splitlines()
    assert told[1:4] == [" not yet  answers", "          wanted    HTTP 200", "          observed  HTTP 503"]
    assert "          why       Audit." in told
    assert "The check let 10 min 0 s of the lab's time pass first." in told


def test_a_hint_is_offered_after_some_failed_checks_only(
    labs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(labs_folder)
    run.folder.make()
    run.folder.save_progress(Progress("101-cannot-pull-container", 1000.0))
    monkeypatch.setattr(Run, "address", lambda _: Address(1, 1, "t"))
    monkeypatch.setattr(process, "ask", lambda *_, **__: {"passed": False})
    assert [run.check()["offer_hint"] for _ in range(3)] == [False, True, True]
    for _ in range(3):
        run.hint()
    assert run.check()["offer_hint"] is False


@pytest.mark.parametrize(("typed", "found"), [("10", "101"), ("canno", "cannot-pull-container")])
def test_labs_are_completed_by_number_and_by_name(typed: str, found: str) -> None:
    assert found in [word for word, _ in complete_lab(typed)]


def test_every_lab_command_has_an_example() -> None:
    commands = {command.name: command for command in supplements.commands()}["ecsquiz lab"].commands
    assert len(commands) >= 18
    for command in commands:
        assert any(command.name in example for example in command.examples), command


def test_the_doctor_says_what_it_found(lab: Lab) -> None:
    told = {entry["what"]: entry for entry in json.loads(lab("doctor", "--json").stdout)}
    assert told["moto"]["state"] == "ok"
    assert "moto: 5.2" in lab("doctor").stdout


def test_no_color_is_respected_on_a_terminal(labs_folder: Path) -> None:
    runner = CliRunner()

    def coloured(**variables: str | None) -> bool:
        env = {"ECSQUIZ_LABS": str(labs_folder), **variables}
        return "\x1b[" in runner.invoke(assembled("lab"), ["lab", "doctor"], env=env, color=True).stdout

    assert coloured(NO_COLOR=None)
    assert not coloured(NO_COLOR="1")
