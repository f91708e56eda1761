"""Common mistakes of a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.grading.grade import Rating
from quiz.source.question import Question
from tests.grading.grading_samples import BACKUP, EVERY_QUESTION, HISTORY, TRANSPORT, graded


def test_a_mistake_in_other_words_is_flagged_with_its_correction() -> None:
    found = graded(TRANSPORT, "When a datagram gets lost, UDP retransmits it.")
    assert found.mistakes == (TRANSPORT.mistakes[0],)


def test_a_mistake_is_seen_without_what_it_concludes() -> None:
    concluded = replace(
        HISTORY.mistakes[0],
        wrong="A merge rewrites the commits of the branch, so the clones of others break.",
    )
    question = replace(HISTORY, mistakes=(concluded,))
    assert graded(question, "I think a merge rewrites all commits of the branch.").mistakes == (concluded,)


def test_a_mistake_lowers_the_score_of_an_otherwise_full_answer() -> None:
    full = BACKUP.short_answer
    found = graded(BACKUP, f"{full} A RAID mirror is a backup.")
    assert found.mistakes == BACKUP.mistakes
    assert found.score < graded(BACKUP, full).score - 0.05
    assert found.rating is Rating.HARD


def test_denying_a_mistake_is_not_making_it() -> None:
    assert graded(TRANSPORT, "UDP never retransmits a datagram that is lost.").mistakes == ()


@pytest.mark.parametrize("question", EVERY_QUESTION, ids=lambda question: f"Q{question.number}")
def test_every_wrong_statement_is_known_as_wrong_and_no_right_one_is(question: Question) -> None:
    for mistake in question.mistakes:
        assert mistake in graded(question, mistake.wrong).mistakes, mistake.wrong
        assert graded(question, mistake.right).mistakes == (), mistake.right
    assert graded(question, question.short_answer).mistakes == ()
