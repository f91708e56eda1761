"""CSV batches: sound rows are graded, bad ones told and kept."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import UserError
from quiz.grading.batch import APPENDED, as_csv, grade_batch, read_batch
from quiz.grading.grade import Rubric
from quiz.source.csv_rows import Row
from tests.grading.grading_samples import SAMPLES, sample_grader


def rubric_of(number: int) -> Rubric:
    found = {question.number: question for question in SAMPLES}.get(number)
    if found is None:
        raise UserError(f"there is no question {number}.")
    return Rubric.of(found)


def batch_of(tmp_path: Path, content: str | bytes) -> list[tuple[list[str], Row]]:
    path = tmp_path / "answers.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(grade_batch(read_batch(path), sample_grader(), rubric_of))


def test_rows_come_back_in_order_with_four_columns_more(tmp_path: Path) -> None:
    rows = batch_of(tmp_path, "who,number,answer\nAda,1,TCP retransmits lost segments.\nBob,1,\n")
    (ada, _), (bob, _) = rows
    assert ada[:3] == ["Ada", "1", "TCP retransmits lost segments."]
    score, rating, covered, missed = ada[3:]
    assert 0 < float(score) < 0.5
    assert rating == "again"
    assert covered == "TCP retransmits lost segments."
    assert missed.count(" | ") == 3
    assert bob[3:5] == ["0.0", "again"]


def test_what_is_contradicted_is_marked_in_the_missed_column(tmp_path: Path) -> None:
    [(cells, _)] = batch_of(tmp_path, "number,answer\n1,UDP retransmits lost segments.\n")
    assert "TCP retransmits lost segments. (contradicted)" in cells[-1].split(" | ")


def test_questions_outside_the_bank_bring_their_reference(tmp_path: Path) -> None:
    content = (
        "prompt,reference,answer\n"
        "What is a lock?,It lets one thread in at a time.,Only one thread gets in at a time.\n"
        "What is a lock?, ,A door.\n"
    )
    (right, sound), (empty, bad) = batch_of(tmp_path, content)
    assert float(right[3]) > 0.5
    assert right[5:] == ["", ""]
    assert sound.fault == ""
    assert empty[3:] == [""] * 4
    assert bad.fault == "there is no reference to grade by. Write what a right answer says."


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("999,x", "there is no question 999."),
        ("one,x", "`one` is no question number."),
        ("1", "this row has 1 cell and the header 2."),
        ("1,a,b", "Put quotation marks around text with commas in it."),
        ('1,"never closed', "a quotation mark in this row is not closed."),
        ('1,"closed" late', "a quotation mark in this row is not closed."),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_does_not_stop_the_rest(
    tmp_path: Path, line: str, fault: str
) -> None:
    rows = batch_of(tmp_path, f'number,answer\n2,"two\nlines"\n{line}\n\n3,An index takes disk space.\n')
    assert [row.line for _, row in rows] == [2, 4, 6]
    assert fault in rows[1][1].fault
    assert rows[1][0][2:] == [""] * len(APPENDED)
    assert len(rows[1][0]) == 6
    assert float(rows[2][0][2]) > 0


def test_a_row_that_is_not_utf8_comes_back_as_it_was(tmp_path: Path) -> None:
    rows = batch_of(tmp_path, b"number,answer\n1,caf\xe9\n1,TCP retransmits lost segments.\n")
    assert rows[0][1].fault == "this row is not UTF-8. Save the file as UTF-8."
    assert as_csv(rows[0][0], ",") == b"1,caf\xe9,,,,\n"
    assert float(rows[1][0][2]) > 0


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_spreadsheets_may_part_cells_otherwise(tmp_path: Path, delimiter: str) -> None:
    content = f"\ufeffnumber{delimiter}answer\r\n1{delimiter}TCP, UDP\r\n"
    [(cells, row)] = batch_of(tmp_path, content)
    assert row.fault == ""
    assert cells[:2] == ["1", "TCP, UDP"]


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("question,text\n1,x\n", encoding="utf-8")
    with pytest.raises(UserError, match="Begin the file with number,answer or prompt,reference,answer"):
        read_batch(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="other columns"):
        read_batch(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_batch(tmp_path / "none.csv")


@given(st.lists(st.tuples(st.sampled_from(["1", "2", "7", ""]), st.text(max_size=30)), max_size=6))
def test_every_row_of_a_well_formed_file_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    written = StringIO()
    csv.writer(written).writerows([("number", "answer"), *rows])
    content = written.getvalue().encode("utf-8", errors="replace")
    found = batch_of(tmp_path_factory.mktemp("batch"), content)
    assert len(found) == len(rows)
    for (number, _), (cells, row) in zip(rows, found, strict=True):
        assert cells[0] == number
        assert bool(row.fault) == (number in ("7", ""))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    rows = batch_of(tmp_path_factory.mktemp("junk"), b"number,answer\n" + junk)
    assert all(len(cells) == 6 for cells, _ in rows)
