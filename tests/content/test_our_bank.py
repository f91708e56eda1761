"""Our own bank is in order: what `ecsquiz bank check` proves to contributors, proved in CI."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from labs.scenarios.catalogue import names
from quiz.bank.locate import open_bank
from quiz.bank.store import Bank
from quiz.items.derive import derive_items
from quiz.items.item import Kind
from quiz.source.lint.rules import check_folder
from tests.conftest import CONTENT


def test_the_lint_finds_nothing() -> None:
    # Wherever CI stands on the globe: the writer's day may be a day ahead of UTC.
    today = datetime.now(UTC).date() + timedelta(days=1)
    checked = check_folder(CONTENT, frozenset(names()), today)
    assert [str(finding) for finding in checked.findings] == []
    assert checked.missing == ()
    assert checked.files >= 10


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    from quiz.bank.build import build_bank

    target = tmp_path_factory.mktemp("bank") / "ours.sqlite"
    build_bank(CONTENT, target)
    return Bank.open(target)


def test_the_ten_examples_are_there(ours: Bank) -> None:
    assert {1, 3, 12, 13, 66, 77, 101, 103, 106, 112} <= set(ours.numbers())


def test_every_question_yields_a_recall_item_and_choices(ours: Bank) -> None:
    for question in ours.questions():
        kinds = [item.kind for item in derive_items(question)]
        assert kinds.count(Kind.RECALL) == 1
        assert kinds.count(Kind.CHOICE) >= 3, question.path


def test_every_lab_is_reached_from_its_question(ours: Bank) -> None:
    assert {question.lab for question in ours.questions() if question.lab} == set(names())


def test_without_options_the_commands_use_this_bank() -> None:
    with open_bank() as bank:
        assert {1, 3, 12, 13, 66, 77, 101, 103, 106, 112} <= set(bank.numbers())
