"""`ecsquiz lab` as a user types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from typer.testing import CliRunner, Result

from labs import run as run_module
from labs.environment import Environment, environment, lines
from labs.errors import LabError
from labs.run import Run
from labs.server.folder import Address, Progress, RunFolder
from quiz.cli.app import assembled
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
    assert "101-cannot-pull-container  The shop does not open  (medium, 20 min, new)" in lab("list").stdout
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


@pytest.mark.parametrize("command", ["env", "brief", "status", "check", "hint", "solution", "stop"])
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
    from labs.checks.observation import Observation

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
    wanted = Environment({"A": "it's"}, ("B",))
    assert lines(wanted, "sh") == ["unset B", "export A='it'\\''s'"]
    assert lines(wanted, "fish") == ["set -e B;", "set -gx A 'it'\\''s';"]
    assert lines(wanted, "powershell")[-1] == "$Env:A = 'it''s'"
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


def test_the_best_time_is_kept(labs_folder: Path) -> None:
    run = Run(labs_folder)
    labs_folder.mkdir()
    for taken in (300, 120, 200):
        run._record(Progress("101-x", 1000.0, passed=1000.0 + taken))
    assert run.records() == {"101-x": {"passes": 3, "best": 120}}
