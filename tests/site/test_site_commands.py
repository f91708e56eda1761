"""The reference of the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from quiz.bank.store import Bank
from quiz.cli.app import GROUPS
from quiz.cli.supplements import commands
from quiz.site.generate import pages
from quiz.site.pages.commands import command_page, commands_page, page_of_command
from quiz.site.supplements import Command, Parameter, Supplements
from tests.conftest import Run


def leaves(command: Command) -> Iterator[Command]:
    for each in command.commands:
        yield from leaves(each)
    if not command.commands:
        yield command


def test_every_command_of_the_program_has_a_page_in_the_order_of_its_help() -> None:
    expected = list(dict.fromkeys(name for names in GROUPS.values() for name in names))
    assert sorted(command.name.removeprefix("ecsquiz ") for command in commands()) == sorted(expected)


def test_what_help_lists_is_in_the_reference(ecsquiz: Run) -> None:
    [site] = [command for command in commands() if command.name == "ecsquiz site"]
    helped = set(re.findall(r"--[a-z-]+", ecsquiz("site", "build", "--help").stdout)) - {"--help"}
    text = command_page(site)
    assert helped
    assert all(f"<code>{option}" in text for option in helped)


@pytest.mark.parametrize("command", [leaf for command in commands() for leaf in leaves(command)], ids=str)
def test_every_command_says_what_it_does_and_shows_an_example(command: Command) -> None:
    assert command.help
    assert command.examples
    assert all(parameter.help for parameter in command.parameters)


def test_every_page_is_written_and_linked(bank: Bank) -> None:
    written = dict(pages(bank, Supplements(commands=commands())))
    listed = re.findall(r"\]\(([\w-]+\.md)(#[\w-]+)?\)", written["commands/index.md"])
    assert {f"commands/{page}" for page, _ in listed} == {
        name for name in written if name.startswith("commands/") and name != "commands/index.md"
    }
    assert ("lab.md", "#ecsquiz-lab-start") in listed


def test_an_option_tells_its_default_its_limits_and_its_variable() -> None:
    option = Parameter(
        "--count <int>", "How many.", ("default: 10", "1<=x<=702", "env var: COUNT", "required")
    )
    text = command_page(Command("p build", "p build [OPTIONS]", "Build.", parameters=(option,)))
    row = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text)
    assert "How many. Default: <code>10</code>. 1 to 702. Environment: <code>COUNT</code>. Required. |" in row


def test_choices_do_not_break_the_table() -> None:
    text = command_page(
        Command(
            "p x",
            "p x",
            "Do.",
            parameters=(Parameter("--by [a|b]", "Which."), Parameter("<in>", "What.", (), False)),
        )
    )
    assert "| <code>--by [a&#124;b]</code> | Which&#46; |" in text
    assert "| <code>&lt;in&gt;</code> | What&#46; |" in text


def test_a_site_without_commands_says_so() -> None:
    assert "None here." in commands_page(())


def test_two_commands_of_one_page_do_not_exist() -> None:
    names = [page_of_command(command) for command in commands()]
    assert len(set(names)) == len(names)
