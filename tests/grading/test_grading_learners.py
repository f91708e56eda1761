"""Answers in learners' own words, written and marked by hand, to questions of the checkout."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quiz.grading.rating import PASS
from quiz.grading.report import Judgement, pearson
from tests.grading.grading_samples import content, graded

ANSWERS = Path(__file__).parent / "answers" / "learners.csv"
QUESTIONS = {question.number: question for question in content()}
ROWS = [
    row
    for row in csv.DictReader(ANSWERS.read_text(encoding="utf-8").splitlines())
    if int(row["number"]) in QUESTIONS
]


def score(row: dict[str, str]) -> float:
    return graded(QUESTIONS[int(row["number"])], row["answer"]).score


def of(*kinds: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["kind"] in kinds]


def name(row: dict[str, str]) -> str:
    return f"Q{row['number']}-{row['kind']}"


@pytest.mark.parametrize("row", of("good"), ids=name)
def test_a_good_answer_passes_well(row: dict[str, str]) -> None:
    assert score(row) >= 0.65


@pytest.mark.parametrize("row", of("wrong", "swapped", "denied", "vague"), ids=name)
def test_a_bad_answer_fails(row: dict[str, str]) -> None:
    assert score(row) < PASS


@pytest.mark.parametrize("row", of("partial"), ids=name)
def test_half_an_answer_is_worth_less_than_a_good_one(row: dict[str, str]) -> None:
    good = [other for other in of("good") if other["number"] == row["number"]]
    assert score(row) < min(map(score, good))


def test_the_grader_agrees_with_the_marks() -> None:
    marked = [Judgement(row["number"], score(row), float(row["mark"])) for row in ROWS]
    assert pearson(marked) >= 0.8
