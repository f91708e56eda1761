"""Our own bank is in order: what `ecsquiz bank check` proves to contributors, proved in CI."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from labs.scenarios.catalogue import names
from quiz.bank.locate import open_bank
from quiz.bank.store import Bank
from quiz.items.derive import derive_items
from quiz.items.item import Kind
from quiz.items.lint import check_folder
from tests.conftest import CONTENT


def test_the_lint_finds_nothing() -> None:
    # Wherever CI stands on the globe: the writer's day may be a day ahead of UTC.
    today = datetime.now(UTC).date() + timedelta(days=1)
    checked = check_folder(CONTENT, frozenset(names()), today)
    assert [str(finding) for finding in checked.findings] == []
    assert checked.missing == ()
    assert checked.files == 150


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    from quiz.bank.build import build_bank

    target = tmp_path_factory.mktemp("bank") / "ours.sqlite"
    build_bank(CONTENT, target)
    return Bank.open(target)


LEVELS = {"fundamentals": range(1, 61), "intermediate": range(21, 101), "troubleshooting": range(101, 151)}


def test_the_bank_has_questions_1_to_150_in_their_levels(ours: Bank) -> None:
    assert ours.numbers() == list(range(1, 151))
    for level, numbers in LEVELS.items():
        assert set(ours.numbers(level=level)) <= set(numbers)


def test_there_is_enough_to_answer_to_see_and_to_know(ours: Bank) -> None:
    questions = ours.questions()
    assert sum(len(question.key_points) for question in questions) >= 750
    assert sum(len(question.mistakes) for question in questions) >= 400
    assert sum("```mermaid" in section.markdown for q in questions for section in q.sections) >= 40
    assert len(ours.spec.glossary) >= 250


def test_a_question_is_neither_a_note_nor_a_chapter() -> None:
    for path in CONTENT.glob("*/*.md"):
        assert 60 <= path.read_text(encoding="utf-8").count("\n") <= 220, path.name


def test_every_question_has_points_mistakes_and_questions_to_ask_next(ours: Bank) -> None:
    for question in ours.questions():
        assert 3 <= len(question.key_points) <= 7, question.path
        assert 2 <= len(question.mistakes) <= 4, question.path
        assert 2 <= len(question.follow_ups) <= 3, question.path


def test_every_question_yields_a_recall_item_and_more(ours: Bank) -> None:
    for question in ours.questions():
        kinds = [item.kind for item in derive_items(question)]
        assert kinds.count(Kind.RECALL) == 1
        assert len(kinds) >= 3, question.path


def test_every_lab_is_reached_from_its_question(ours: Bank) -> None:
    assert {question.lab for question in ours.questions() if question.lab} == set(names())


def test_without_options_the_commands_use_this_bank() -> None:
    with open_bank() as bank:
        assert {1, 3, 12, 13, 66, 77, 101, 103, 106, 112} <= set(bank.numbers())
