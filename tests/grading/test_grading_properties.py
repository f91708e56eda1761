"""What must hold of every question, here for the samples and for each question of the checkout.

A question that breaks one of these usually has a short answer that its key points do not follow.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import permutations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.grading.grade import Rating, Rubric
from quiz.source.question import Question
from tests.grading.grading_samples import (
    CONTENT,
    EVERY_QUESTION,
    MEMORY,
    SAMPLES,
    TRANSPORT,
    content,
    content_grader,
    denied,
    exchanged,
    graded,
    misspelt,
    sentences,
)

MANY = 100
"""Questions from which the bank is large enough for neighbours to be few."""
COMPARES = re.compile(r"\bdiffer|\bversus\b|\bvs\b|\bcompare|\bbetween\b|\binstead\b", re.IGNORECASE)
every_question = pytest.mark.parametrize(
    "question", EVERY_QUESTION, ids=lambda question: f"Q{question.number}"
)


@every_question
def test_the_short_answer_is_a_good_answer(question: Question) -> None:
    found = graded(question, question.short_answer)
    assert found.score >= 0.85
    assert found.rating >= Rating.GOOD
    assert found.certain


@every_question
def test_the_key_points_are_a_full_answer(question: Question) -> None:
    found = graded(question, " ".join(point.plain for point in question.key_points))
    assert found.score >= 0.95
    assert {point.verdict.value for point in found.points} == {"covered"}


@every_question
def test_the_short_answer_denied_fails(question: Question) -> None:
    assert graded(question, denied(question.short_answer)).score <= 0.4


@every_question
def test_the_prompt_repeated_is_worth_nothing(question: Question) -> None:
    assert graded(question, question.prompt).score <= 0.15


@every_question
def test_a_bare_list_of_the_bold_terms_does_not_pass(question: Question) -> None:
    terms = [term for point in question.key_points for term in point.terms]
    for joined in (", ".join(terms), " ".join(terms), "\n".join(terms), " and ".join(terms)):
        assert graded(question, joined).score <= 0.55


@every_question
def test_typing_errors_cost_little(question: Question) -> None:
    clean = graded(question, question.short_answer).score
    for seed in range(5):
        assert graded(question, misspelt(question.short_answer, Random(seed))).score >= 0.75 * clean


@every_question
def test_case_punctuation_and_order_of_sentences_do_not_matter(question: Question) -> None:
    text = question.short_answer
    score = graded(question, text).score
    assert graded(question, text.upper()).score == score
    assert graded(question, text.lower()).score == score
    assert graded(question, re.sub(r"\.(?=\s|$)", "!", text)).score == score
    assert graded(question, " ".join(reversed(sentences(text)))).score == score
    assert graded(question, re.sub(r"[^\w\s]", " ", text)).score >= score - 0.1


@every_question
def test_a_right_sentence_more_never_costs_anything_and_one_less_never_earns(question: Question) -> None:
    right = [
        *sentences(question.short_answer),
        *(point.plain.rstrip(".") + "." for point in question.key_points),
        *(mistake.right.rstrip(".") + "." for mistake in question.mistakes),
    ]
    random = Random(question.number)
    for _ in range(20):
        said = random.sample(right, random.randrange(0, 6))
        more = random.choice(right)
        score = graded(question, " ".join(said)).score
        assert graded(question, " ".join([*said, more])).score >= score
        assert graded(question, " ".join([more, *said])).score >= score


def contrasts() -> list[tuple[Question, str, str]]:
    """Questions of the checkout that compare two things, which the short answer names too."""
    found = []
    for question in content():
        if not COMPARES.search(question.prompt):
            continue
        subjects = content_grader().prepare(Rubric.of(question)).subjects
        for one, other in permutations(subjects, 2):
            names = subjects.name(one).removeprefix("the "), subjects.name(other).removeprefix("the ")
            if names[0] < names[1] and subjects.rival(one, other):
                named = [
                    re.search(rf"\b{re.escape(name)}s?\b", text, re.IGNORECASE)
                    for name in names
                    for text in (question.prompt, question.short_answer)
                ]
                if all(named):
                    found.append((question, *names))
    return found


def test_the_checkout_has_questions_that_set_two_things_against_each_other() -> None:
    assert {question.number for question, _, _ in contrasts()} >= {1, 13}


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [(TRANSPORT, "TCP", "UDP"), *contrasts()],
    ids=lambda value: f"Q{value.number}" if isinstance(value, Question) else value,
)
def test_subjects_exchanged_fail(question: Question, one: str, other: str) -> None:
    assert graded(question, exchanged(question.short_answer, one, other)).score < 0.45


def test_an_answer_to_another_question_hardly_ever_scores() -> None:
    pairs = [(question, other) for question in content() for other in content() if other is not question]
    scores = {
        (question.number, other.number): graded(question, other.short_answer).score
        for question, other in pairs
    }
    apart = [
        scores[question.number, other.number] < 0.35
        for question, other in pairs
        if not set(question.topics) & set(other.topics)
    ]
    assert sum(apart) >= 0.98 * len(apart)
    if len(content()) >= MANY:
        assert sum(score < 0.35 for score in scores.values()) >= 0.98 * len(scores)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=2_000))
def test_any_text_gets_a_grade(text: str) -> None:
    found = graded(MEMORY, text)
    assert 0 <= found.score <= 1
    assert found == graded(MEMORY, text)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"Aa1. ,:;'`*<>()[]{}\n\t", "not ", "n't ", "task", "```", "~~~"]), max_size=400
    )
)
def test_marks_in_any_order_get_a_grade(parts: list[str]) -> None:
    assert 0 <= graded(TRANSPORT, "".join(parts)).score <= 1


@pytest.mark.parametrize(
    "huge",
    [
        "a" * 3_000_000,
        "task " * 1_000_000,
        "not " * 500_000,
        "```\n" * 300_000,
        "[(" * 500_000,
        "\ufdfa" * 99_999,
    ],
    ids=["word", "words", "negators", "fences", "brackets", "ligatures"],
)
def test_a_huge_answer_is_cut_to_a_few_hundred_words(huge: str) -> None:
    question = SAMPLES[0]
    assert graded(question, huge).score < 0.2
    assert graded(question, f"{question.short_answer} {huge}").score >= 0


def test_grades_do_not_depend_on_the_process() -> None:
    program = (
        "from tests.grading.grading_samples import *\n"
        "print([graded(q, o.short_answer + q.prompt) for q in SAMPLES for o in SAMPLES])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=CONTENT.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
