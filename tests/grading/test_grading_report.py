"""Figures on marked answers."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from quiz.errors import UserError
from quiz.grading import report
from quiz.grading.report import Judgement

SHARED = Path(__file__).parents[2].parent / "shared" / "grading"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the public data sets are not on this machine")


def marks(*pairs: tuple[float, float]) -> list[Judgement]:
    return [Judgement("q", score, mark) for score, mark in pairs]


def test_pearson_is_one_on_a_line_and_zero_without_variation() -> None:
    assert report.pearson(marks((0, 1), (0.5, 2), (1, 3))) == pytest.approx(1)
    assert report.pearson(marks((0, 3), (0.5, 2), (1, 1))) == pytest.approx(-1)
    assert report.pearson(marks((0.5, 1), (0.5, 2))) == 0


def test_macro_f1_weighs_passing_and_failing_alike() -> None:
    assert report.macro_f1(marks((0.9, 1), (0.1, 0))) == 1
    assert report.macro_f1(marks((0.9, 0), (0.1, 1))) == 0
    passing, failing = 2 / 3, 4 / 5
    assert report.macro_f1(marks((0.9, 1), (0.1, 1), (0.1, 0), (0.2, 0))) == pytest.approx(
        (passing + failing) / 2
    )


def write(path: Path, column: str, right: str, wrong: str) -> Path:
    rows = ["prompt,reference,answer," + column]
    for prompt, reference in (
        ("What is a lock?", "It lets one thread in at a time."),
        ("What is a queue?", "A list where the first that came is served first."),
    ):
        rows += [
            f'"{prompt}","{reference}","{reference}",{right}',
            f'"{prompt}","{reference}","Bananas",{wrong}',
        ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_figure_comes_with_its_interval(tmp_path: Path) -> None:
    figure = report.mohler(write(tmp_path / "m.csv", "score", "5.0", "0.5"), Random(1))
    assert (figure.answers, figure.questions) == (4, 2)
    assert figure.low <= figure.value <= figure.high
    assert figure.value > 0.95
    assert report.mohler(tmp_path / "m.csv", Random(1)) == figure


def test_labels_are_passed_or_failed(tmp_path: Path) -> None:
    figure = report.scientsbank(write(tmp_path / "s.csv", "label", "correct", "incorrect"), Random(1))
    assert figure.value == 1


def test_data_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="needs the columns prompt, reference, answer and score"):
        report.mohler(path, Random(1))
    with pytest.raises(UserError, match="cannot be read"):
        report.mohler(tmp_path / "none.csv", Random(1))


def test_a_mark_that_is_no_number_is_told_with_its_row(tmp_path: Path) -> None:
    path = write(tmp_path / "m.csv", "score", "five", "0")
    with pytest.raises(UserError, match="row 1: `five` is no mark"):
        report.mohler(path, Random(1))


@needs_data
def test_the_score_agrees_with_two_graders_on_the_development_half() -> None:
    assert report.mohler(SHARED / "mohler_dev.csv", Random(7)).value >= 0.60


@needs_data
def test_passing_agrees_with_the_labels_of_the_training_set() -> None:
    assert report.scientsbank(SHARED / "scientsbank_train.csv", Random(7)).value >= 0.70
