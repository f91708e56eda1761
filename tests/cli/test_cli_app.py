"""The command line is put together from as little as a command needs, and nobody notices."""

from __future__ import annotations

import importlib

import pytest
import typer
from typer.testing import CliRunner

from quiz.cli.app import GROUPS, assembled, overview
from tests.conftest import Run


def commands(app: typer.Typer) -> list[str]:
    return list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_overview_says_what_the_whole_command_line_says() -> None:
    whole, short = (CliRunner().invoke(app, ["--help"]) for app in (assembled(), overview()))
    assert whole.exit_code == short.exit_code == 0
    assert "practice" in whole.output
    assert short.output == whole.output


def test_what_is_asked_for_without_a_command_is_the_overview(ecsquiz: Run) -> None:
    shown = ecsquiz("--help")
    assert shown.returncode == 0
    assert ecsquiz("-h").stdout == shown.stdout
    assert all(f"\n  {name} " in shown.stdout for name in commands(assembled()))


@pytest.mark.parametrize("module", GROUPS)
def test_a_module_adds_the_commands_under_which_it_is_found(module: str) -> None:
    app = typer.Typer()
    app.callback()(lambda: None)
    importlib.import_module(f"quiz.cli.{module}").register(app)
    # Some add to the group of another module, which is found under the same name.
    assert commands(app) in (list(GROUPS[module]), [])


@pytest.mark.parametrize("command", sorted({name for names in GROUPS.values() for name in names}))
def test_a_command_that_is_assembled_alone_is_the_same(command: str) -> None:
    alone, whole = (typer.main.get_command(app) for app in (assembled(command), assembled()))
    assert command in alone.commands  # type: ignore[attr-defined]
    helps = [CliRunner().invoke(app, [command, "--help"]).output for app in (assembled(command), assembled())]
    assert helps[0] == helps[1]
    group = getattr(whole.commands[command], "commands", {})  # type: ignore[attr-defined]
    assert list(getattr(alone.commands[command], "commands", {})) == list(group)  # type: ignore[attr-defined]


def test_an_unknown_command_is_told_with_those_that_are_like_it(ecsquiz: Run) -> None:
    done = ecsquiz("practise")
    assert done.returncode == 2
    assert "practice" in done.stderr
