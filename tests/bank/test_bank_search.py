"""Searching a bank."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.bank.search import MARK, search
from quiz.bank.store import Bank


def numbers(bank: Bank, text: str) -> list[int]:
    return [hit.number for hit in search(bank, text).hits]


def test_a_hit_in_the_prompt_comes_before_one_in_the_text(bank: Bank) -> None:
    assert numbers(bank, "execution role") == [1, 2]


def test_all_words_are_better_than_some(bank: Bank) -> None:
    assert numbers(bank, "stopped reason") == [2]


def test_where_no_question_has_all_words_any_will_do(bank: Bank) -> None:
    assert set(numbers(bank, "secrets route")) == {1, 2}


def test_error_texts_and_the_start_of_words_are_found(bank: Bank) -> None:
    assert numbers(bank, "CannotPullContainerError") == [2]
    assert numbers(bank, "cannotpull") == [2]


def test_other_forms_of_a_word_are_found(bank: Bank) -> None:
    assert 2 in numbers(bank, "stopping")


def test_another_name_of_a_term_finds_the_term(bank: Bank) -> None:
    assert 1 in numbers(bank, "application role")


def test_a_typing_error_still_finds_and_is_told(bank: Bank) -> None:
    found = search(bank, "exection rol")
    assert [hit.number for hit in found.hits] == [1, 2]
    assert found.corrections == (("exection", "execution"),)


def test_the_snippet_marks_the_words(bank: Bank) -> None:
    start, end = MARK
    assert f"{start}CannotPullContainerError{end}" in search(bank, "CannotPullContainerError").hits[0].snippet


def test_the_number_of_hits_is_limited(bank: Bank) -> None:
    assert len(search(bank, "execution role", limit=1).hits) == 1


def test_nothing_is_found_for_nothing_and_for_nonsense(bank: Bank) -> None:
    assert search(bank, "  ?! ").hits == ()
    assert search(bank, "qqqqqqqq").hits == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=60))
def test_no_text_is_a_syntax_error(bank: Bank, text: str) -> None:
    search(bank, text)
