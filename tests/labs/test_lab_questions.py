"""What a lab asks beside the repair."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from labs.checks.check import check, right_answers
from labs.checks.verify import verify
from labs.errors import LabError
from labs.scenarios.questions import Question, read_questions
from labs.server.session import Session

CAUSE = Question("cause", "Which two?", ("alarm", "secret"), ("image", "secret", "subnet", "alarm"))
EVENT = Question("event", "Which NAT gateway?", ("${nat}",))


def given(question: Question, *words: str) -> bool:
    return question.is_right(question.read(words), lambda text: text.replace("${nat}", "nat-0AB"))


@pytest.mark.parametrize(
    ("words", "right"),
    [(["2", "4"], True), (["4,2"], True), (["2"], False), (["1", "2", "4"], False), ([], False)],
)
def test_all_the_right_choices_have_to_be_named_and_no_other(words: Sequence[str], right: bool) -> None:
    assert given(CAUSE, *words) is right


@pytest.mark.parametrize(("word", "right"), [("nat-0ab", True), (' "nat-0AB".', True), ("nat-1", False)])
def test_a_value_may_be_typed_as_people_do(word: str, right: bool) -> None:
    assert given(EVENT, word) is right


@pytest.mark.parametrize("word", ["0", "5", "the alarm"])
def test_a_choice_that_there_is_not_is_refused(word: str) -> None:
    with pytest.raises(LabError, match="is no choice of this question"):
        CAUSE.read([word])


def test_a_seed_shuffles_the_choices_but_not_what_is_right() -> None:
    shuffled = CAUSE.varied(str, random.Random(1))
    assert sorted(shuffled.choices) == sorted(CAUSE.choices)
    assert shuffled.choices != CAUSE.choices
    assert shuffled.right == CAUSE.right


def test_a_question_whose_right_answer_is_no_choice_is_an_error() -> None:
    with pytest.raises(LabError, match="'cause' is not among its choices"):
        read_questions({"cause": {"ask": "Which?", "choices": ["a", "b"], "right": "c"}})


def test_a_lab_with_a_question_passes_with_its_answer_only(healthy: Session) -> None:
    scenario = replace(healthy.scenario, questions=(CAUSE, EVENT))
    nothing = check(healthy.simulation, scenario, healthy.known)
    assert [item.observed for item in nothing.outcomes[-2:]] == ["not answered", "not answered"]
    wrong = check(healthy.simulation, scenario, healthy.known, {"cause": ["image"]})
    assert not wrong.passed
    assert wrong.outcomes[-2].observed == "not right yet"
    assert check(healthy.simulation, scenario, healthy.known, right_answers(scenario, healthy.known)).passed


def test_verify_proves_that_wrong_answers_fail(healthy: Session) -> None:
    question = Question("cause", "Which?", ("the tag",), ("the tag", "the role"))
    cases = list(verify(replace(healthy.scenario, questions=(question,)), seeds=()))
    assert all(case.holds for case in cases)
    assert "wrong answer to cause: the role" in [case.name for case in cases]
