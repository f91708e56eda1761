"""How a command is asked for and judged in a drill."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.grading.grade import Rating
from quiz.items.item import Item, Kind
from quiz.practice.examiner import Examiner
from quiz.practice.kinds import FACES, command
from quiz.practice.supply import Wish
from tests.practice.practice_samples import open_database, progress_of
from tests.practice.stage import Stage

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
        ("aws ecs stop-tasks --task 7 --cluster prod", Rating.HARD, 5 / 6),
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


def test_a_quote_left_open_is_no_answer_yet(bank: Bank) -> None:
    assert command.complaint(ITEM, "aws ecs stop-task --task '7", ()) == (
        "The quote ' at character 26 is not closed."
    )
    assert command.complaint(ITEM, "anything else", ()) == ""


ASKED = """
## Items

### Command: stop a task
Stop the task `7` in the cluster `prod`.

```bash
aws ecs stop-task --cluster prod --task 7
```

```bash
aws ecs describe-tasks --cluster prod --tasks 7
```

> It gets SIGTERM first.
"""


@pytest.fixture
def stage(bank_folder: Path, tmp_path: Path) -> Iterator[Stage]:
    with (bank_folder / "basics" / "001-roles.md").open("a", encoding="utf-8") as question:
        question.write(ASKED)
    build_bank(bank_folder, tmp_path / "asking.sqlite")
    with Bank.open(tmp_path / "asking.sqlite") as bank, open_database(tmp_path) as database:
        yield Stage(bank, progress_of(database))


COMMANDS = Wish(kind=Kind.COMMAND)


def test_a_command_goes_on_after_a_backslash(stage: Stage) -> None:
    stage.play(COMMANDS, "aws ecs stop-task \\", "  --cluster prod \\", "  --task 7", "")
    assert "Right." in stage.screen
    assert "Rated good" in stage.screen


def test_an_empty_line_ends_it_after_a_backslash_too(stage: Stage) -> None:
    stage.play(COMMANDS, "aws ecs stop-task --cluster prod --task 7 \\", "", "")
    assert "Right." in stage.screen


def test_what_is_wrong_is_listed_before_what_is_right(stage: Stage) -> None:
    stage.play(COMMANDS, "aws ecs stop-task --cluster test", "")
    places = [
        stage.screen.index(text)
        for text in ("--task 7 is missing.", "--cluster should be prod, not test.", "The command")
    ]
    assert places == sorted(places)
    assert "Rated again" in stage.screen


def test_an_open_quote_is_asked_for_again(stage: Stage) -> None:
    stage.play(COMMANDS, "aws ecs stop-task --task '7", "aws ecs stop-task --cluster prod --task 7", "")
    assert "is not closed" in stage.screen
    assert "Right." in stage.screen


def test_what_the_bank_knows_is_no_slip(stage: Stage) -> None:
    assert Examiner(stage.bank).operations() == {"ecs stop-task", "ecs describe-tasks"}


def test_the_command_is_shown_on_one_line() -> None:
    assert command.solution(ITEM, ()).texts == ("`aws ecs stop-task --cluster prod --task 7`",)


def test_every_kind_has_a_face() -> None:
    assert set(FACES) == set(Kind)
