"""Which items must not stand on one paper."""

from __future__ import annotations

import pytest

from quiz.exams.overlap import Traces, answer_each_other
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind
from quiz.source.question import KeyPoint, Question
from tests.exams.exam_samples import candidates, sample_question

TRUTH = "The execution role pulls the image from the registry before the code runs"


def choice(
    number: int,
    answer: str,
    *distractors: str,
    stem: str = "Which of these statements is right?",
    prompt: str = "",
) -> Traces:
    question = Question(number, "easy", (), prompt or sample_question(number).prompt, "An answer.")
    return Traces.of(Candidate(Item(number, Kind.CHOICE, "key", stem, (answer,), distractors), question))


def recall(number: int, *points: str, prompt: str = "") -> Traces:
    prompt = prompt or sample_question(number).prompt
    question = Question(
        number, "easy", (), prompt, "An answer.", key_points=tuple(KeyPoint(point, ()) for point in points)
    )
    return Traces.of(Candidate(Item(number, Kind.RECALL, "answer", prompt, ("An answer.",)), question))


def clash(one: Traces, other: Traces) -> bool:
    assert answer_each_other(one, other) == answer_each_other(other, one)
    return answer_each_other(one, other)


def test_a_free_answer_clashes_with_all_other_items_of_its_question() -> None:
    first, *others = [Traces.of(candidate) for candidate in candidates([sample_question(1)])]
    assert first.kind is Kind.RECALL
    assert others
    assert all(clash(first, other) for other in others)


def test_two_questions_that_ask_the_same_clash() -> None:
    one = recall(1, prompt="What is the difference between the task role and the execution role?")
    other = recall(2, prompt="What is the difference between the execution role and the task role?")
    assert clash(one, other)


def test_an_option_that_is_a_key_point_of_a_free_answer_clashes() -> None:
    assert clash(recall(1, "**Other** things entirely", f"{TRUTH}."), choice(2, "Nothing of the kind", TRUTH))


def test_a_stem_that_says_the_answer_clashes() -> None:
    told = choice(2, "Read the stopped reason", stem=f"Since {TRUTH.lower()}, what do you check first?")
    assert clash(choice(1, TRUTH, "The task role does"), told)


def test_an_option_that_denies_the_answer_clashes() -> None:
    denied = TRUTH.replace("pulls", "never pulls")
    assert clash(choice(1, TRUTH, "Nobody pulls anything"), choice(2, "Something else", denied))


def test_options_in_common_clash_because_comparing_them_solves_both() -> None:
    shared = ("An image has layers that are shared", "A route leads to the gateway of the subnet")
    assert clash(
        choice(1, "First wrong statement here", *shared), choice(2, "Another one that is wrong", *shared)
    )


def test_one_option_in_common_that_answers_neither_is_harmless() -> None:
    shared = "A route leads to the gateway of the subnet"
    assert not clash(
        choice(1, "First wrong statement here", shared), choice(2, "Unlike the other answer", shared)
    )


@pytest.mark.parametrize("name", ["execution role", "awsvpc", "the stopped reason"])
def test_a_name_that_is_an_answer_may_be_mentioned_elsewhere(name: str) -> None:
    elsewhere = choice(2, "Nothing of the kind", stem=f"A task with {name} stops. What do you check first?")
    assert not clash(choice(1, name, "task role"), elsewhere)


def test_a_name_that_is_an_answer_may_not_be_an_option_elsewhere() -> None:
    assert clash(choice(1, "execution role", "task role"), choice(2, "instance role", "The execution role"))


def test_items_of_unlike_questions_are_harmless() -> None:
    assert not clash(
        recall(1, TRUTH), choice(2, "A route leads to the gateway of the subnet", "Nothing at all")
    )


def test_texts_without_words_are_no_overlap() -> None:
    assert not clash(choice(1, "…", "—"), choice(2, "☐", "—"))
