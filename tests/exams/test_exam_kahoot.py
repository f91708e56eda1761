"""The spreadsheet for Kahoot, as openpyxl reads it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from quiz.errors import UserError
from quiz.exams.deliver import files_of, fitting, format_named
from quiz.exams.formats import kahoot
from quiz.exams.paper import Exam
from quiz.exams.pool import Candidate
from quiz.items.item import Item
from tests.conftest import Run
from tests.exams.exam_samples import (
    exam_of,
    exam_of_each_kind,
    item_of_each_kind,
    sample_question,
    spread,
    write_sample_bank,
)

CHOICE = item_of_each_kind()[0]


def exam(*items: Item, variants: int = 1) -> Exam:
    return exam_of([Candidate(item, sample_question(1)) for item in items or (CHOICE,)], variants)


def rows(content: bytes) -> list[tuple[object, ...]]:
    """The rows of the only sheet, empty cells as None."""
    (sheet,) = load_workbook(BytesIO(content)).worksheets
    return list(sheet.iter_rows(values_only=True))


def test_the_columns_are_those_of_kahoots_template() -> None:
    header = rows(kahoot.render(exam())["kahoot-A.xlsx"])[7]
    assert header[1] == "Question - max 120 characters"
    assert header[2:6] == tuple(f"Answer {number} - max 75 characters" for number in (1, 2, 3, 4))
    assert str(header[6]).startswith("Time limit (sec)")
    assert header[7] == "Correct answer(s) - choose at least one"


def test_a_question_is_plain_text_with_the_number_of_the_right_answer() -> None:
    chosen = exam()
    placed = chosen.papers[0].items[0]
    number, question, *answers, seconds, right = rows(kahoot.render(chosen)["kahoot-A.xlsx"])[8]
    assert (number, seconds) == (1, 60)
    assert question == "A task cannot read db-password. Which role needs the permission?"
    assert answers == [option.replace("`", "") for option in placed.options]
    assert answers[int(str(right)) - 1] == "The execution role"


def test_each_variant_is_a_sheet_of_its_own() -> None:
    assert list(kahoot.render(exam(variants=2))) == ["kahoot-A.xlsx", "kahoot-B.xlsx"]


def test_an_answer_that_looks_like_a_formula_is_text() -> None:
    item = replace(CHOICE, answers=("=1+1",))
    content = kahoot.render(exam(item))["kahoot-A.xlsx"]
    (sheet,) = load_workbook(BytesIO(content)).worksheets
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"stem": "x" * 121}, "its question has 121 characters, not 120"),
        ({"answers": ("y" * 76,)}, "an answer has 76 characters, not 75"),
        ({"distractors": ("a", "b", "c", "d")}, "it has 5 answers, not 4"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(change: dict[str, str], why: str) -> None:
    item = replace(CHOICE, key="long", **change)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=rf"1 of these items: 1/choice/long \({why}\)"):
        kahoot.render(exam(CHOICE, item))


def test_what_just_fits_is_taken() -> None:
    item = replace(CHOICE, stem="x" * 120, answers=("y" * 75,), distractors=("a", "b", "c"))
    assert kahoot.misfit(item) == ""


def test_other_kinds_are_refused_by_name() -> None:
    with pytest.raises(UserError, match="cannot carry recall, cloze, ordering, matching and command items"):
        files_of(exam_of_each_kind(), [format_named("kahoot")])


def test_only_what_fits_in_all_formats_is_chosen() -> None:
    fits = fitting([format_named("csv"), format_named("kahoot")])
    assert fits is not None
    assert fits(CHOICE)
    assert not fits(replace(CHOICE, stem="x" * 121))
    assert fitting([format_named("csv")]) is None


def test_what_kahoot_never_carries_is_left_to_be_refused_by_name() -> None:
    fits = fitting([format_named("kahoot")])
    assert fits is not None
    assert all(fits(item) for item in item_of_each_kind() if item is not CHOICE)


def test_a_trainer_without_a_blueprint_gets_what_fits(ecsquiz: Run, tmp_path: Path) -> None:
    bank = write_sample_bank(tmp_path / "bank", spread(12))
    done = ecsquiz(
        "exam", "build", "--bank", str(bank), "--count", "5", "--format", "kahoot", "--out", "game"
    )
    assert done.returncode == 0, done.stderr
    assert len(rows((tmp_path / "game" / "kahoot-A.xlsx").read_bytes())) == 8 + 5


def test_the_same_exam_gives_the_same_bytes_that_tell_no_time() -> None:
    first, second = kahoot.render(exam()), kahoot.render(exam())
    assert first == second
    with ZipFile(BytesIO(first["kahoot-A.xlsx"])) as archive:
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z</dcterms") == 2
