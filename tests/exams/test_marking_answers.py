"""What an answer as it was written says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.exams.marking.answers import read_answer
from tests.exams.marking_samples import sample_key

PLACES = {place.of.item.kind.value: place for place in sample_key().papers["A"].places}


@pytest.mark.parametrize("text", ["B", "b", " b ", "(B)", "B)", "B.", "[b]", "The agent", "the AGENT"])
def test_a_choice_is_a_letter_or_the_text_of_the_option(text: str) -> None:
    assert read_answer(PLACES["choice"], text).letters == ("B",)


@pytest.mark.parametrize("text", ["A,B", "AB", "A B", "a/c", "A and B", "A; C"])
def test_two_options_are_a_fault_and_not_the_first_of_them(text: str) -> None:
    found = read_answer(PLACES["choice"], text)
    assert found.letters == ()
    assert found.fault == "more than one option is marked."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("E", "there is no such option; the last one is D."),
        ("?", "this is no letter of an option."),
        ("2", "this is no letter of an option."),
        ("the agent, I think", "this is no letter of an option."),
    ],
)
def test_what_is_no_option_is_a_fault(text: str, fault: str) -> None:
    assert read_answer(PLACES["choice"], text).fault == fault


@pytest.mark.parametrize("text", ["", " ", "-", "–", "none", "N/A"])
def test_nothing_is_no_answer_and_no_fault(text: str) -> None:
    for place in PLACES.values():
        found = read_answer(place, text)
        assert found.blank
        assert not found.fault


@pytest.mark.parametrize("text", ["BDCA", "b d c a", "B, D, C, A", "B>D>C>A", "1B 2D 3C 4A", "4A 1B 2D 3C"])
def test_an_order_is_letters_in_any_usual_writing(text: str) -> None:
    assert read_answer(PLACES["ordering"], text).letters == ("B", "D", "C", "A")


@pytest.mark.parametrize("text", ["BDC", "BDCAA", "BDCE", "BBCA", "Pull first", "B?CA"])
def test_an_order_needs_each_step_once(text: str) -> None:
    assert read_answer(PLACES["ordering"], text).fault == "the letters A to D have to stand here once each."


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("CDB", ("C", "D", "B")),
        ("c d b", ("C", "D", "B")),
        ("1C 2D 3B", ("C", "D", "B")),
        ("3-B, 1-C, 2-D", ("C", "D", "B")),
        ("1:C 3:B", ("C", "", "B")),
        ("C - B", ("C", "", "B")),
    ],
)
def test_pairs_are_letters_by_number_and_may_have_gaps(text: str, letters: tuple[str, ...]) -> None:
    assert read_answer(PLACES["matching"], text).letters == letters


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1C 1D 3B", "a number has more than one letter."),
        ("4A", "there are 3 numbers."),
        ("CDBA", "3 letters are needed, one for each number."),
        ("CDE", "there is no such letter; the last one is D."),
        ("1C or so", "these are not pairs of a number and a letter."),
    ],
)
def test_pairs_that_leave_open_what_is_meant_are_a_fault(text: str, fault: str) -> None:
    assert read_answer(PLACES["matching"], text).fault == fault


@given(st.text(max_size=60))
def test_whatever_was_written_either_has_known_letters_or_a_fault_or_is_blank(text: str) -> None:
    for kind in ("choice", "ordering", "matching"):
        found = read_answer(PLACES[kind], text)
        if not found.fault and not found.blank:
            assert found.letters
            assert set(found.letters) <= {"A", "B", "C", "D", ""}
