"""Where the learner types: the lab's own `aws` that lets nothing through, shells, the doctor, the plugin."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from labs.errors import LabError
from labs.server.folder import Address, Progress, RunFolder
from labs.terminal import session_plugin
from labs.terminal.commands import write_commands
from labs.terminal.doctor import Finding, examine
from labs.terminal.environment import Environment, environment
from labs.terminal.shell import KNOWN, prepare, shell_of

ENDPOINT = "http://127.0.0.1:4711"
SYSTEM = "/usr/bin:/bin"
# An AWS CLI of 2.9, which does not know AWS_ENDPOINT_URL: it tells what it was given.
FAKE = """\
#!/bin/sh
if [ "$*" = --version ]; then echo "aws-cli/2.9.19 Python/3.11.2 Linux/6 source/x86_64"; exit 0; fi
echo "arguments: $*"
env | grep -iE '^(AWS_|HTTPS?_PROXY|NO_PROXY)' | sort
"""


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """The folder of a run with the lab's commands in it."""
    made = RunFolder(tmp_path / "a run" / "current")
    made.make()
    write_commands(made, "101-x", Address(1, 4711, "token"))
    return made


@pytest.fixture
def old_cli(tmp_path: Path) -> str:
    """A folder for PATH with an `aws` 2.9."""
    place = tmp_path / "old cli"
    place.mkdir()
    (place / "aws").write_text(FAKE)
    (place / "aws").chmod(0o755)
    return str(place)


def made(folder: RunFolder, current: Mapping[str, str]) -> Environment:
    return environment("101-x", Address(1, 4711, "token"), folder, current)


def aws(folder: RunFolder, path: str, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The lab's own `aws`, with `path` behind it."""
    env = {"PATH": f"{folder.commands}:{path}:{SYSTEM}", **variables}
    command = [str(folder.commands / "aws"), *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)


def test_an_old_cli_gets_the_endpoint_on_every_command(folder: RunFolder, old_cli: str) -> None:
    done = aws(folder, old_cli, "ecs", "list-tasks", "--cluster", "it's prod")
    assert f"arguments: --endpoint-url {ENDPOINT} ecs list-tasks --cluster it's prod" in done.stdout


def test_the_way_to_anywhere_else_is_a_proxy_that_refuses(folder: RunFolder, old_cli: str) -> None:
    told = aws(folder, old_cli, "ecs", "list-tasks", HTTPS_PROXY="http://corporate").stdout.splitlines()
    assert {f"HTTPS_PROXY={ENDPOINT}", f"https_proxy={ENDPOINT}", f"HTTP_PROXY={ENDPOINT}"} <= set(told)
    assert "NO_PROXY=127.0.0.1,localhost" in told


def test_a_profile_set_inside_the_shell_is_dropped(folder: RunFolder, old_cli: str) -> None:
    told = aws(folder, old_cli, "ecs", "list-tasks", AWS_PROFILE="prod", AWS_CONFIG_FILE="/real").stdout
    assert "AWS_PROFILE" not in told
    assert f"AWS_CONFIG_FILE={folder.aws_config}" in told


@pytest.mark.parametrize(
    "words",
    [
        ("ecs", "list-tasks", "--endpoint-url", "https://ecs.us-east-1.amazonaws.com"),
        ("--endpoint-url=https://ecs.us-east-1.amazonaws.com", "ecs", "list-tasks"),
        ("sso", "login"),
        ("configure", "sso"),
    ],
)
def test_what_would_leave_the_lab_is_refused(folder: RunFolder, old_cli: str, words: tuple[str, ...]) -> None:
    done = aws(folder, old_cli, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "lab" in done.stderr


def test_the_version_is_that_of_the_real_one(folder: RunFolder, old_cli: str) -> None:
    assert aws(folder, old_cli, "--version").stdout.startswith("aws-cli/2.9.19")


def test_without_any_aws_cli_it_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    bare = RunFolder(tmp_path / "current")
    bare.make()
    write_commands(bare, "101-x", Address(1, 4711, "token"))
    done = subprocess.run(
        [str(bare.commands / "aws"), "ecs"],
        env={"PATH": str(bare.commands)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 127
    assert "pip install 'ecsquiz[labs]'" in done.stderr


def test_commands_are_for_the_owner_only(folder: RunFolder) -> None:
    for file in folder.commands.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o700


# -- shells


@pytest.mark.parametrize("name", KNOWN)
def test_a_shell_takes_the_lab_whatever_its_start_up_files_say(
    name: str, folder: RunFolder, old_cli: str, tmp_path: Path
) -> None:
    path = shutil.which(name)
    if path is None:
        if os.environ.get("ECSQUIZ_REQUIRE_TOOLS"):
            pytest.fail(f"{name} is not installed: apt-get install {name}")
        pytest.skip(f"{name} is not installed")
    home = tmp_path / "home"
    (home / ".config" / "fish").mkdir(parents=True)
    for file in (".bashrc", ".zshrc"):
        (home / file).write_text(
            "export AWS_PROFILE=real AWS_ENDPOINT_URL=https://real\nalias aws='echo real'\n"
        )
    fish = "set -gx AWS_PROFILE real\nset -gx AWS_ENDPOINT_URL https://real\nfunction aws; echo real; end\n"
    (home / ".config" / "fish" / "config.fish").write_text(fish)
    current = {
        "HOME": str(home),
        "PATH": f"{old_cli}:{Path(path).parent}:{SYSTEM}",
        "TERM": "dumb",
        "XDG_CONFIG_HOME": str(home / ".config"),
    }
    shell = prepare(made(folder, current), name, 101, folder.path, current)
    done = subprocess.run(
        shell.command,
        env=dict(shell.variables),
        input="aws ecs list-clusters\nexit\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert f"arguments: --endpoint-url {ENDPOINT} ecs list-clusters" in done.stdout
    assert f"AWS_ENDPOINT_URL={ENDPOINT}" in done.stdout
    assert "AWS_PROFILE" not in done.stdout


def test_one_command_may_be_run_in_the_lab(folder: RunFolder, old_cli: str) -> None:
    current = {"PATH": f"{old_cli}:{SYSTEM}", "AWS_PROFILE": "real"}
    shell = prepare(made(folder, current), "bash", 101, folder.path, current, "aws ecs list-clusters")
    done = subprocess.run(
        shell.command, env=dict(shell.variables), capture_output=True, text=True, check=True, timeout=60
    )
    assert f"arguments: --endpoint-url {ENDPOINT} ecs list-clusters" in done.stdout
    assert "AWS_PROFILE" not in done.stdout


def test_the_prompt_names_the_lab(folder: RunFolder) -> None:
    prepare(made(folder, {}), "bash", 101, folder.path, {"PATH": SYSTEM})
    assert "PS1='(lab 101) '" in (folder.path / "bashrc").read_text()


def test_an_unknown_or_missing_shell_is_said_to_be(folder: RunFolder, tmp_path: Path) -> None:
    with pytest.raises(LabError, match="'tcsh' is not a shell that labs know"):
        prepare(made(folder, {}), "tcsh", 101, folder.path, {"PATH": SYSTEM})
    with pytest.raises(LabError, match="'bash' is not installed"):
        prepare(made(folder, {}), "bash", 101, folder.path, {"PATH": str(tmp_path)})


@pytest.mark.parametrize(("own", "wanted"), [("/usr/bin/zsh", "zsh"), ("/bin/tcsh", "bash"), ("", "bash")])
def test_the_shell_is_the_users_own_where_it_can_be(own: str, wanted: str) -> None:
    assert shell_of({"SHELL": own}) == wanted


# -- the doctor


def findings(folder: RunFolder, current: Mapping[str, str]) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(folder, current)}


def test_the_doctor_warns_of_a_cli_that_does_not_know_the_endpoint(folder: RunFolder, old_cli: str) -> None:
    found = findings(folder, {"PATH": f"{folder.commands}:{old_cli}:{SYSTEM}"})
    assert (found["AWS CLI"].state, found["AWS CLI"].found) == ("note", f"2.9.19 at {old_cli}/aws")
    assert "AWS_ENDPOINT_URL" in found["AWS CLI"].remedy
    assert found["moto"].state == "ok"
    assert found["running lab"].found == "none"


def test_the_doctor_finds_a_lab_whose_server_has_ended(folder: RunFolder, old_cli: str) -> None:
    folder.save_progress(Progress("101-x", 1.0))
    found = findings(folder, {"PATH": old_cli, "SHELL": "/bin/tcsh"})
    assert found["running lab"].state == "note"
    assert "ecsquiz lab resume" in found["running lab"].remedy
    assert found["shell"].state == "note"


def test_a_cli_that_is_no_cli_is_bad(folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "aws").write_text("#!/bin/sh\necho hello\n")
    (tmp_path / "aws").chmod(0o755)
    assert findings(folder, {"PATH": f"{tmp_path}:{SYSTEM}"})["AWS CLI"].state == "bad"


# -- the plugin


def test_the_plugin_says_that_it_is_there(folder: RunFolder) -> None:
    for words, said in (([], "installed successfully"), (["--version"], session_plugin.VERSION)):
        done = subprocess.run(
            [str(folder.commands / "session-manager-plugin"), *words],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert said in done.stdout


def test_a_session_carries_lines_there_and_output_back(capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[Any] = []

    def ask(**parameters: Any) -> dict[str, Any]:
        asked.append(parameters)
        line = parameters["line"]
        output = "" if line is None else f"you said {line}\n"
        return {"output": output, "prompt": "# ", "ended": line == "exit"}

    typed = iter(["env", "exit"])
    assert session_plugin.talk("session-1", ask, lambda _: next(typed)) == 0
    assert [entry["line"] for entry in asked] == [None, "env", "exit"]
    assert {entry["session"] for entry in asked} == {"session-1"}
    told = capsys.readouterr().out
    assert "Starting session with SessionId: session-1" in told
    assert "you said env" in told
    assert "Exiting session" in told


def test_a_session_ends_with_its_input(capsys: pytest.CaptureFixture[str]) -> None:
    def end(_: str) -> str:
        raise EOFError

    answer = {"output": "", "prompt": "# ", "ended": False}
    assert session_plugin.talk("session-1", lambda **_: answer, end) == 0


def test_a_session_without_a_lab_is_one_line(
    folder: RunFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = json.dumps({"sessionId": "session-1", "streamUrl": "lab://x", "tokenValue": "t"})
    assert session_plugin.main([str(folder.path), session, "us-east-1", "StartSession"]) == 1
    assert capsys.readouterr().err.startswith("No lab is running.")
    monkeypatch.setenv(session_plugin.SESSION_IN, json.dumps({"SessionId": "session-2"}))
    assert session_plugin.main([str(folder.path), session_plugin.SESSION_IN]) == 1
