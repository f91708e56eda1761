"""What is no answer: nothing, the question again, lists, dumps, other words."""

from __future__ import annotations

import pytest

from quiz.grading.grade import Rating, Rubric
from tests.grading.grading_samples import (
    BACKUP,
    HISTORY,
    INDEX,
    MEMORY,
    NAMES,
    SAMPLES,
    TRANSPORT,
    graded,
    sample_grader,
)


@pytest.mark.parametrize(
    "answer",
    ["", "   \n\t", "...?!", "I don't know", "idk", "I have no idea.", "not sure, sorry", "n/a", "pass"],
)
def test_no_answer_scores_nothing_and_that_is_certain(answer: str) -> None:
    found = graded(TRANSPORT, answer)
    assert (found.score, found.rating, found.certain) == (0.0, Rating.AGAIN, True)
    assert found.remarks == ("There is no answer yet.",)


def test_not_knowing_one_thing_does_not_spoil_the_rest() -> None:
    found = graded(TRANSPORT, f"I don't know all of it. {TRANSPORT.short_answer}")
    assert found.score > 0.85


def test_no_may_be_an_answer() -> None:
    found = sample_grader().grade(Rubric("Is a mirror a backup?", "No."), "No.")
    assert "There is no answer yet." not in found.remarks


@pytest.mark.parametrize(
    "answer",
    [
        "qwrt zxcvb plmk",
        "The thing you mentioned gets whatever it wants whenever somebody somewhere would like that.",
        "我不知道这个问题的答案",
    ],
)
def test_words_that_nobody_knows_are_left_to_the_learner(answer: str) -> None:
    found = graded(INDEX, answer)
    assert not found.certain
    assert found.score < 0.1
    assert "judge it yourself by the key points" in found.remarks[-1]


def test_without_key_points_the_learner_judges_by_the_reference() -> None:
    found = sample_grader().grade(Rubric("What is a cache?", "Fast memory for copies."), "qwrt zxcvb plmk")
    assert found.remarks[-1].endswith("by the reference answer.")


def test_an_answer_to_another_question_is_certainly_wrong() -> None:
    found = graded(TRANSPORT, BACKUP.short_answer)
    assert found.score < 0.35


def test_the_question_repeated_says_nothing() -> None:
    for question in SAMPLES:
        found = graded(question, f"{question.prompt} {question.prompt}")
        assert found.score <= 0.15


def test_a_bare_list_of_terms_does_not_pass() -> None:
    for question in SAMPLES:
        terms = [term for point in question.key_points for term in point.terms]
        for joined in (", ".join(terms), " ".join(terms), "\n".join(f"- {term}" for term in terms)):
            assert graded(question, joined).score <= 0.55, joined


def test_a_list_is_told_what_is_missing() -> None:
    terms = ", ".join(term for point in MEMORY.key_points for term in (*point.terms, point.plain.split()[-1]))
    found = graded(MEMORY, f"{terms}, heap, objects, survivors, generation, copies")
    assert found.score <= 0.45
    assert found.remarks == ("This is a list of words: say how they hang together.",)


def test_sentences_beside_a_list_keep_what_they_earn() -> None:
    terms = " ".join(term for point in NAMES.key_points for term in point.terms)
    sentence = (
        "Resolvers cache the record until its TTL expires. Keep the old server running until the caches have "
        "run out. Lower the TTL before a planned change."
    )
    assert graded(NAMES, f"{terms}. {sentence}").score >= graded(NAMES, sentence).score


def test_a_dump_of_everything_loses() -> None:
    others = " ".join(question.short_answer for question in SAMPLES if question is not HISTORY)
    sentence = "A merge joins two histories."
    found = graded(HISTORY, f"{sentence} {others}")
    assert found.score < graded(HISTORY, sentence).score
    assert "Much of this has nothing to do with the question." in found.remarks


def test_an_answer_of_only_code_is_an_answer() -> None:
    found = graded(HISTORY, "```\ngit rebase main\n```")
    assert "There is no answer yet." not in found.remarks
