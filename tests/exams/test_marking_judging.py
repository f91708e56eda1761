"""What an answer to an item of each kind earns, and how certain that is."""

from __future__ import annotations

import pytest

from quiz.exams.marking.answers import read_answer
from quiz.exams.marking.judging import LOW, Mark, State, judge
from tests.exams.marking_samples import ALL_RIGHT, sample_examiner, sample_key

KEY = sample_key(wrong=0.25)
EXAMINER = sample_examiner(KEY)


def judged(number: int, text: str, paper: str = "A") -> Mark:
    place = KEY.papers[paper].places[number - 1]
    return judge(place, read_answer(place, text), EXAMINER)


@pytest.mark.parametrize("number", ALL_RIGHT)
def test_right_answers_of_each_kind_earn_all_points(number: int) -> None:
    found = judged(number, ALL_RIGHT[number])
    assert found.points == found.of
    assert found.confidence >= LOW


@pytest.mark.parametrize("number", ALL_RIGHT)
def test_no_answer_earns_nothing_and_costs_nothing(number: int) -> None:
    found = judged(number, "")
    assert (found.state, found.points) == (State.BLANK, 0)


def test_a_wrong_choice_costs_what_the_blueprint_says() -> None:
    assert judged(1, "A").points == -0.25


def test_letters_mean_what_they_mean_on_that_paper() -> None:
    assert judged(1, "D", "B").state is State.RIGHT
    assert judged(1, "D", "A").state is State.WRONG
    assert judged(3, "CADB", "B").state is State.RIGHT


def test_the_chosen_option_is_known_whatever_its_letter() -> None:
    assert judged(1, "A", "A").chosen == judged(1, "C", "B").chosen == (1,)


def test_pairs_earn_their_share() -> None:
    assert judged(4, "CBD").points == 1
    assert judged(4, "1C 2D").points == 2


def test_an_order_earns_kendalls_tau_in_half_points() -> None:
    # One exchange of neighbours among four: 5 pairs right, 1 wrong, tau 2/3 of 4 points is 2.67.
    found = judged(3, "DBCA")
    assert found.share == pytest.approx(2 / 3)
    assert found.points == 2.5
    assert judged(3, "ACDB").points == 0


def test_other_names_of_a_term_and_slips_of_the_keyboard_are_accepted() -> None:
    assert judged(2, "Application role").state is State.RIGHT
    slip = judged(2, "task rloe")
    assert slip.state in (State.RIGHT, State.WRONG)
    assert slip.confidence < 1


def test_another_term_in_a_gap_is_wrong_with_its_meaning() -> None:
    found = judged(2, "execution role")
    assert found.points == 0
    assert "The role that ECS itself uses." in found.remarks[0]


def test_a_command_is_marked_by_what_it_says() -> None:
    assert judged(5, "aws ecs list-tasks --cluster=prod").state is State.RIGHT
    wrong = judged(5, "aws ecs list-tasks --cluster test")
    assert wrong.points < 1
    assert wrong.remarks


def test_free_text_shows_the_key_points_that_it_covers() -> None:
    found = judged(6, "The execution role is used by ECS to pull the image.")
    verdicts = [point.verdict for point in found.covered]
    assert verdicts == ["covered", "missed"]
    assert 0 < found.points < found.of


def test_free_text_in_other_words_is_not_certain() -> None:
    assert judged(6, "It has a great many uses in modern enterprises of today").confidence < LOW


def test_what_cannot_be_read_earns_nothing_and_is_not_certain() -> None:
    found = judged(1, "A,B")
    assert (found.state, found.points, found.confidence) == (State.UNREADABLE, 0, 0)
