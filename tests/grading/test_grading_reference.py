"""Grading by a whole reference, where a rubric has no key points."""

from __future__ import annotations

from quiz.grading.grade import Rating, Rubric
from quiz.grading.grader import Grader
from quiz.grading.vocabulary import Vocabulary
from tests.grading.grading_samples import SAMPLES, sample_grader

REFERENCE = Rubric(
    "Why does a server log with levels?",
    "Levels let an operator keep routine messages out of sight and still find errors when something breaks.",
)


def test_the_reference_itself_is_a_full_answer() -> None:
    found = sample_grader().grade(REFERENCE, REFERENCE.reference)
    assert found.score > 0.9
    assert found.rating is Rating.EASY
    assert found.points == ()


def test_more_of_the_reference_scores_more() -> None:
    grade = sample_grader().grade
    scores = [
        grade(REFERENCE, answer).score
        for answer in (
            "Bananas ripen faster in a bag.",
            "You still find errors.",
            "You still find errors, and routine messages stay out of sight.",
        )
    ]
    assert scores == sorted(scores)
    assert scores[0] < 0.2 < scores[1] < 0.7 < scores[2]


def test_the_order_of_words_does_not_matter() -> None:
    turned = " ".join(reversed(REFERENCE.reference.rstrip(".").split()))
    grade = sample_grader().grade
    assert grade(REFERENCE, turned).score == grade(REFERENCE, REFERENCE.reference).score


def test_nobody_has_to_repeat_a_reference_of_many_pages() -> None:
    pages = "\n\n".join(question.short_answer for question in SAMPLES) * 2
    rubric = Rubric("What do you know about computing?", pages)
    answer = " ".join(question.short_answer for question in SAMPLES[:4])
    assert sample_grader().grade(rubric, answer).score > 0.6


def test_a_reference_without_words_grades_nothing() -> None:
    found = sample_grader().grade(Rubric("What?", "..."), "A full answer in words.")
    assert found.score == 0.0


def test_a_reference_of_code_only_is_compared_as_it_is() -> None:
    rubric = Rubric("How do you list branches?", "```\ngit branch --all\n```")
    assert sample_grader().grade(rubric, "git branch --all").score > 0.6


def test_an_empty_vocabulary_still_grades() -> None:
    assert Grader(Vocabulary()).grade(REFERENCE, REFERENCE.reference).score > 0.9
