"""The commands that a learner is asked to type, over the whole bank."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quiz.bank.locate import open_bank
from quiz.bank.store import Bank
from quiz.grading.commands.comparing import grade_command
from quiz.grading.commands.parsing import parse
from quiz.items.item import Item, Kind
from quiz.practice.kinds import command


@pytest.fixture(scope="module")
def our_bank() -> Iterator[Bank]:
    with open_bank(None) as opened:
        yield opened


@pytest.fixture(scope="module")
def asked(our_bank: Bank) -> list[Item]:
    return our_bank.items(kind=Kind.COMMAND)


def test_the_bank_asks_for_commands(asked: list[Item]) -> None:
    assert len(asked) >= 40


def test_every_model_command_is_right(asked: list[Item]) -> None:
    assert [
        item.id for item in asked for model in item.answers if grade_command(model, item.answers).differences
    ] == []


def test_no_stem_names_its_operation(asked: list[Item]) -> None:
    operations = [(item, parse(model).operation) for item in asked for model in item.answers]
    assert [item.id for item, name in operations if f"`{name}`" in item.stem] == []
    assert [item.id for item, name in operations if "-" in name and name in item.stem] == []


def test_every_command_is_explained_and_says_where_it_stands(asked: list[Item]) -> None:
    assert [item.id for item in asked if not item.explanation or not item.section] == []


def test_every_value_that_cannot_be_known_is_given(asked: list[Item]) -> None:
    """Names, ids and ARNs of the example stand in the stem; what is AWS's own word has to be known."""
    for item in asked:
        for name, values in parse(item.answers[0]).options.items():
            for value in values:
                if name in ("--cluster", "--service", "--services", "--repository-name", "--tasks", "--task"):
                    assert value in item.stem, item.id


def test_what_is_shown_as_the_answer_is_right_and_stands_on_one_line(asked: list[Item]) -> None:
    for item in asked:
        (shown,) = command.solution(item, ()).texts
        assert "\n" not in shown, item.id
        assert grade_command(shown.strip("`"), item.answers).score == 1, item.id


def test_a_backslash_within_a_command_is_shown() -> None:
    model = """aws ecs x \\\n  --y '{"a":"say \\"b\\""}'"""
    item = Item(1, Kind.COMMAND, "own-x", "Do x.", (model,))
    assert command.solution(item, ()).texts == ("""`aws ecs x --y '{"a":"say \\"b\\""}'`""",)
