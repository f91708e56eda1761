"""How a command is asked for and judged in a drill."""

from __future__ import annotations

import pytest

from quiz.bank.store import Bank
from quiz.grading.grade import Rating
from quiz.items.item import Item, Kind
from quiz.practice.examiner import Examiner
from quiz.practice.kinds import FACES, command

ITEM = Item(
    1,
    Kind.COMMAND,
    "own-stop",
    "Stop the task `7` in the cluster `prod`.",
    ("aws ecs stop-task \\\n  --cluster prod --task 7",),
)


@pytest.mark.parametrize(
    ("typed", "rating", "score"),
    [
        ("aws ecs stop-task --task 7 --cluster prod", Rating.GOOD, 1.0),
        ("aws ecs stop-task --task 7", Rating.HARD, 2 / 3),
        ("aws ecs stop-task", Rating.AGAIN, 1 / 3),
        ("aws ecs kill-task --task 7 --cluster prod", Rating.AGAIN, 0.0),
        ("stop it", Rating.AGAIN, 0.0),
    ],
)
def test_all_right_is_good_one_fault_is_hard(bank: Bank, typed: str, rating: Rating, score: float) -> None:
    found = command.judge(ITEM, typed, (), Examiner(bank))
    assert found.suggested is rating
    assert found.score == pytest.approx(score, abs=1e-3)
    assert bool(found.remarks) == (score < 1)


def test_hints_give_the_service_then_the_operation_then_the_options(bank: Bank) -> None:
    assert command.hints(ITEM, (), Examiner(bank)) == (
        "It begins with aws ecs.",
        "It begins with aws ecs stop-task.",
        "Its options are --cluster, --task.",
    )


def test_the_command_is_shown_on_one_line() -> None:
    assert command.solution(ITEM, ()).texts == ("`aws ecs stop-task --cluster prod --task 7`",)


def test_every_kind_has_a_face() -> None:
    assert set(FACES) == set(Kind)
