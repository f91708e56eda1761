"""Answers that say the opposite: of the wrong subject, denied, or turned round."""

from __future__ import annotations

import pytest

from quiz.grading.grade import Rating, Rubric, Verdict
from quiz.source.question import Question
from tests.grading.grading_samples import (
    BACKUP,
    HISTORY,
    INDEX,
    MEMORY,
    NAMES,
    TRANSPORT,
    exchanged,
    graded,
    sample_grader,
)


def contradicted(question: Question, answer: str) -> list[int]:
    found = graded(question, answer)
    return [place for place, point in enumerate(found.points) if point.verdict is Verdict.CONTRADICTED]


def test_what_is_true_of_the_other_subject_is_a_contradiction_with_its_reason() -> None:
    found = graded(TRANSPORT, "UDP sets up a connection with a handshake and delivers bytes in order.")
    assert found.points[0].verdict is Verdict.CONTRADICTED
    assert found.points[0].reason == "you say of UDP what is true of TCP"
    assert found.points[0].evidence == (
        "UDP sets up a connection with a handshake and delivers bytes in order",
    )
    assert found.score < 0.2


def test_a_clause_goes_on_about_the_subject_of_its_sentence() -> None:
    assert contradicted(HISTORY, "A merge takes your work, and replays the commits on a new base.") == [1]


def test_naming_the_other_subject_to_set_it_apart_is_no_contradiction() -> None:
    answer = "TCP, not UDP, sets up a connection with a handshake and delivers bytes in order."
    assert contradicted(TRANSPORT, answer) == []
    assert graded(TRANSPORT, answer).points[0].verdict is Verdict.COVERED


@pytest.mark.parametrize("question", [TRANSPORT, HISTORY], ids=lambda question: str(question.number))
def test_the_model_answer_with_its_subjects_exchanged_fails(question: Question) -> None:
    one, other = {1: ("TCP", "UDP"), 2: ("merge", "rebase")}[question.number]
    assert graded(question, exchanged(question.short_answer, one, other)).score < 0.45


@pytest.mark.parametrize(
    ("question", "place", "answer"),
    [
        (MEMORY, 1, "A minor collection does not copy the survivors of the young generation."),
        (MEMORY, 3, "A full collection is never rarer and has no longer pauses."),
        (BACKUP, 3, "It is not true that you should test backups with a restore."),
        (INDEX, 2, "An index doesn’t take disk space."),
        (HISTORY, 2, "It is wrong that a rebase makes the history linear."),
    ],
)
def test_a_denied_point_is_contradicted(question: Question, place: int, answer: str) -> None:
    found = graded(question, answer)
    assert found.points[place].verdict is Verdict.CONTRADICTED
    assert found.points[place].reason == "you deny this"
    assert found.score <= 0.2


def test_a_word_turned_round_is_a_contradiction() -> None:
    found = graded(NAMES, "Raise the TTL before a planned change.")
    assert found.points[1].verdict is Verdict.CONTRADICTED
    assert found.points[1].reason == "you say raise where it is lower"


def test_a_negative_point_said_positively_is_none() -> None:
    assert contradicted(HISTORY, "You may rewrite commits only while no other person has pulled them.") == []


def test_not_until_is_no_denial() -> None:
    assert contradicted(NAMES, "Do not stop waiting: resolvers cache the record until its TTL expires.") == []


def test_a_fault_that_the_question_asks_for_is_no_denial() -> None:
    answer = "The caches of resolvers have not let the record expire, since its TTL has not run out."
    assert contradicted(NAMES, answer) == []


def test_the_whole_answer_turned_round_is_told_even_where_no_single_point_is() -> None:
    answer = (
        "Query the authoritative name server directly to see whether the change itself is not right, and "
        "never keep the old server running until caches have run out."
    )
    assert graded(NAMES, answer).rating <= Rating.HARD


def test_saying_right_what_was_said_wrong_before_repairs_it() -> None:
    wrong = "UDP sets up a connection with a handshake."
    right = "No: TCP sets up the connection with a handshake and delivers bytes in order."
    assert graded(TRANSPORT, f"{wrong} {right}").points[0].verdict is Verdict.COVERED


def test_a_reference_repeated_but_for_a_denial_fails_without_key_points() -> None:
    rubric = Rubric("What does a cache do?", "A cache keeps copies of slow data in fast memory.")
    right = sample_grader().grade(rubric, "A cache keeps copies of slow data in fast memory.")
    wrong = sample_grader().grade(rubric, "A cache does not keep copies of slow data in fast memory.")
    assert right.score > 0.9
    assert wrong.score < 0.4
    assert wrong.remarks == (
        "You seem to say the opposite of this: A cache keeps copies of slow data in fast memory.",
    )
