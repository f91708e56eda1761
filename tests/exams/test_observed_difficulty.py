"""What exams have shown of items, kept beside the bank."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import UserError
from quiz.exams.observed import PRIOR, Observation, Observed, read_observed, read_results

shares = st.floats(0, 1)


def test_what_was_seen_moves_what_was_expected() -> None:
    observed = Observed()
    observed.learn("EXAM-1", {"1/choice/a": Observation(PRIOR, 0.2, None)})
    # As many sittings as the expectation counts for: half way between 0.5 and 0.8 wrong.
    assert observed.difficulty("1/choice/a", 0.5) == pytest.approx(0.65)
    assert observed.difficulty("1/choice/b", 0.5) == 0.5


@given(shares, shares, st.integers(1, 500))
def test_the_difficulty_lies_between_what_was_expected_and_what_was_seen(
    expected: float, facility: float, sittings: int
) -> None:
    observed = Observed({"x": {"E": Observation(sittings, facility, None)}})
    low, high = sorted((expected, 1 - facility))
    assert low - 1e-9 <= observed.difficulty("x", expected) <= high + 1e-9


def test_an_exam_that_is_learnt_again_counts_once() -> None:
    observed = Observed()
    for facility in (0.2, 0.9):
        observed.learn("EXAM-1", {"x": Observation(30, facility, 0.3)})
    observed.learn("EXAM-2", {"x": Observation(10, 0.5, None)})
    assert [one.facility for one in observed.items["x"].values()] == [0.9, 0.5]


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    observed = Observed()
    observed.learn("EXAM-1", {"x": Observation(30, 0.25, 0.5), "a": Observation(30, 1.0, None)})
    path = tmp_path / "item_statistics.json"
    path.write_text(observed.as_json())
    assert read_observed(path) == Observed(dict(sorted(observed.items.items())))
    assert read_observed(tmp_path / "none.json") == Observed()


@pytest.mark.parametrize("text", ["", "[]", '{"format": "other"}', '{"format": "ecsquiz item statistics"}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "item_statistics.json"
    path.write_text(text)
    with pytest.raises(UserError):
        read_observed(path)
    with pytest.raises(UserError):
        read_results(path)


def test_statistics_of_a_damaged_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "item_statistics.json"
    path.write_text(
        json.dumps({"format": "ecsquiz item statistics", "version": 1, "items": {"x": {"E": {}}}})
    )
    with pytest.raises(UserError, match="damaged"):
        read_observed(path)
