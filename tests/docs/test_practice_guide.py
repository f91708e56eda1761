"""The page about practice says what the code does: its options, its keys, its thresholds."""

from __future__ import annotations

import re

import typer

from quiz.cli.app import assembled
from quiz.items.item import Kind
from quiz.practice.keys import Key, while_asking, while_rating
from quiz.practice.kinds import ratings
from tests.conftest import CHECKOUT

PAGE = (CHECKOUT / "docs" / "practice.md").read_text(encoding="utf-8")


def table(text: str, header: str) -> list[list[str]]:
    """The rows of the table that begins with `header`."""
    after = text[text.index(header) :].splitlines()[2:]
    rows = after[: next((n for n, line in enumerate(after) if not line.startswith("|")), len(after))]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_every_option_of_the_command_is_on_the_page() -> None:
    group = typer.main.get_command(assembled())
    practice = group.commands["practice"]  # type: ignore[attr-defined]
    options = {name for option in practice.params for name in option.opts if name != "--bank"}
    assert options == set(re.findall(r"`(--[a-z-]+)", PAGE)) - {"--restore", "--no-plain"}


def test_every_key_of_a_session_is_on_the_page() -> None:
    listed = {mark for row in table(PAGE, "| key |") for mark in re.findall(r"`(.)`", row[0])}
    assert listed == {key.value for key in Key} - {"?"} | {"-"}
    assert "`?` lists them" in PAGE


def test_the_help_in_a_session_names_every_key() -> None:
    asking = while_asking(lines=True)
    assert set(asking) == {key.value for key in Key} - {"?"} | {"Enter"}
    assert "e" not in while_asking(lines=False)
    assert set(while_rating(judged=True)) == {"Enter", "1", "2", "3", "4", "u", "s", "z", "f", "o", "q"}
    assert "Enter" not in while_rating(judged=False)


def test_every_kind_is_on_the_page() -> None:
    assert [row[0] for row in table(PAGE, "| kind | how")] == [kind.value for kind in Kind]


def test_the_thresholds_are_those_of_the_code() -> None:
    assert ratings.__doc__
    header = "| kind | again |"
    assert table(PAGE, header) == table(ratings.__doc__, header)
    parts = next(row for row in table(PAGE, header) if row[0] == "ordering, matching")
    assert parts[1] == f"below {ratings.PARTLY:.0%}"
