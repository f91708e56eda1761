"""The verdict on each key point, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.grading.grade import Rating, Rubric, Verdict
from quiz.grading.rating import rating_of
from quiz.source.question import Question
from tests.grading.grading_samples import HISTORY, MEMORY, NAMES, TRANSPORT, graded, sample_grader


def verdicts(question: Question, answer: str) -> list[Verdict]:
    return [point.verdict for point in graded(question, answer).points]


def test_what_is_said_is_covered_and_the_rest_is_missed() -> None:
    found = graded(TRANSPORT, "TCP sets up a connection with a handshake and delivers all bytes in order.")
    assert [point.verdict for point in found.points] == [Verdict.COVERED] + [Verdict.MISSED] * 4


def test_the_evidence_is_what_the_learner_wrote() -> None:
    found = graded(TRANSPORT, "I know this. TCP retransmits lost segments, I think.")
    assert found.points[1].evidence == ("TCP retransmits lost segments",)
    assert found.points[0].evidence == ()


def test_a_point_none_of_whose_terms_is_named_is_covered_partly_at_most() -> None:
    answer = "Wait until the record expires, and lower it before a planned change."
    point = graded(NAMES, answer).points[1]
    assert point.verdict is Verdict.PARTLY
    assert point.reason == "not named: TTL"
    assert graded(NAMES, f"{answer} I mean the TTL.").points[1].verdict is Verdict.COVERED


@pytest.mark.parametrize("name", ["TTL", "time to live", "Time-To-Live", "tiem to live"])
def test_a_term_may_be_named_in_any_form_of_the_glossary(name: str) -> None:
    assert verdicts(NAMES, f"Lower the {name} before a planned change.")[1] is Verdict.COVERED


def test_a_point_of_double_weight_earns_more() -> None:
    heavy = graded(MEMORY, "Most objects die young, so the heap is divided by age.").score
    light = graded(MEMORY, "Objects that survive several collections are promoted to the old generation.")
    assert heavy > light.score


def test_points_in_the_learners_own_words_are_found() -> None:
    answer = (
        "Rebasing takes my commits and replays them onto another base, which changes their hashes. Merging "
        "keeps the commits that exist and joins both histories in an extra merge commit. After a rebase the "
        "history is linear. I'd never do it once others have pulled."
    )
    found = graded(HISTORY, answer)
    assert [point.verdict for point in found.points] == [Verdict.COVERED] * 4
    assert found.rating >= Rating.GOOD


def test_a_key_point_without_words_is_missed_and_does_no_harm() -> None:
    empty = replace(TRANSPORT.key_points[0], text="**!**", terms=("!",))
    question = replace(TRANSPORT, key_points=(empty, *TRANSPORT.key_points))
    found = sample_grader().grade(Rubric.of(question), TRANSPORT.short_answer)
    assert found.points[0].verdict is Verdict.MISSED
    assert found.score > 0.7


@pytest.mark.parametrize(
    ("score", "rating"),
    [
        (0.0, Rating.AGAIN),
        (0.49, Rating.AGAIN),
        (0.5, Rating.HARD),
        (0.65, Rating.GOOD),
        (0.89, Rating.GOOD),
        (0.9, Rating.EASY),
    ],
)
def test_scores_have_documented_ratings(score: float, rating: Rating) -> None:
    assert rating_of(score) is rating


def test_saying_something_wrong_beside_is_never_better_than_hard() -> None:
    assert rating_of(1.0, wrong=True) is Rating.HARD
    assert rating_of(0.2, wrong=True) is Rating.AGAIN


def test_a_grade_is_plain_values_for_machines() -> None:
    found = graded(TRANSPORT, "TCP retransmits lost segments.").as_dict()
    assert found["rating"] == "again"
    assert found["certain"] is True
    points = found["points"]
    assert isinstance(points, tuple)
    assert points[1]["verdict"] == "covered"


def test_one_grader_remembers_a_bounded_number_of_rubrics() -> None:
    grader = type(sample_grader())(sample_grader()._vocabulary, remembered=1)
    first = grader.prepare(Rubric.of(TRANSPORT))
    assert grader.prepare(Rubric.of(TRANSPORT)) is first
    grader.prepare(Rubric.of(MEMORY))
    assert grader.prepare(Rubric.of(TRANSPORT)) is not first
