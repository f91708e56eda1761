"""Sittings from CSV, XLSX and JSON, with the mess that such files have."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from quiz.exams.marking.files import read_sittings
from quiz.exams.marking.sittings import Reading

HEADER = "learner id,name,paper,1,2,3\n"


def csv_file(folder: Path, text: str, name: str = "answers.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def said(reading: Reading) -> list[str]:
    return [str(problem).partition(": ")[2] for problem in reading.problems]


def test_a_row_is_a_sitting_with_its_line(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER + "\ns1,Ann,7QK4-M2XD-A,A,,C\n")
    (sitting,) = read_sittings([path]).sittings
    assert (sitting.learner, sitting.name, sitting.paper) == ("s1", "Ann", "7QK4-M2XD-A")
    assert sitting.answers == {1: "A", 3: "C"}
    assert str(sitting.place) == f"{path}:3"


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(tmp_path: Path, delimiter: str, mark: str) -> None:
    rows = [["Name", "Q2", "Learner ID", "Paper", "Q1"], ["Ann, B.", "x", "s1", "A", "y"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    (sitting,) = read_sittings([csv_file(tmp_path, mark + text)]).sittings
    assert sitting.name == "Ann, B."
    assert sitting.answers == {1: "y", 2: "x"}


def test_a_bad_row_is_told_and_costs_no_other(tmp_path: Path) -> None:
    text = HEADER + 's1,Ann,A,A,B,C\ns2,Bob,A,A\ns3,"Cid,A,A,B,C\ns4,Dora,A,A,B,C\n'
    reading = read_sittings([csv_file(tmp_path, text)])
    assert [sitting.learner for sitting in reading.sittings] == ["s1", "s4"]
    assert [problem.place.line for problem in reading.problems] == [3, 4]


def test_rows_that_are_no_utf8_are_told(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes(HEADER.encode() + "s1,José,A,A,B,C\n".encode("cp1252") + b"s2,Ann,A,A,B,C\n")
    reading = read_sittings([path])
    assert [sitting.learner for sitting in reading.sittings] == ["s2"]
    assert said(reading) == ["this row is not UTF-8. Save the file as UTF-8."]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_table_in_another_encoding_is_told_as_such(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes((HEADER + "s1,Ann,A,A,B,C\n").encode(encoding))
    assert said(read_sittings([path])) == ["this file is not UTF-8. Save it as CSV in UTF-8."]


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("name,paper,1,2", "there is no column learner id."),
        ("learner id,name,1", "there is no column paper."),
        ("learner id,paper", "there is no column 1, 2, 3 ...."),
        ("learner id,paper,1,Q1", "two columns are for item 1."),
        ("only", "the first line names no columns."),
        ("", "the first line names no columns."),
    ],
)
def test_a_table_without_its_columns_is_told_and_the_next_file_is_read(
    tmp_path: Path, header: str, fault: str
) -> None:
    bad = csv_file(tmp_path, f"{header}\ns1,A,B\n", "bad.csv")
    good = csv_file(tmp_path, HEADER + "s1,Ann,A,A,B,C\n", "good.csv")
    reading = read_sittings([bad, good])
    assert len(reading.sittings) == 1
    assert str(reading.problems[0].place) == f"{bad}:1"
    assert reading.problems[0].message.startswith(fault)


def test_a_workbook_is_read_as_it_is_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["learner id", "name", "paper", 1, 2], [1007, "Ann", "A", "B", 300], [None] * 5):
        sheet.append(row)
    path = tmp_path / "answers.xlsx"
    book.save(path)
    (sitting,) = read_sittings([path]).sittings
    assert (sitting.learner, sitting.answers) == ("1007", {1: "B", 2: "300"})
    assert sitting.place.line == 2


def test_a_damaged_workbook_is_told(tmp_path: Path) -> None:
    reading = read_sittings([csv_file(tmp_path, "no workbook", "answers.xlsx")])
    assert reading.problems[0].message.startswith("this is no workbook that can be read")


def sitting_file(folder: Path, **changes: object) -> Path:
    data: dict[str, object] = {
        "format": "ecsquiz sitting",
        "version": 1,
        "exam": "7QK4-M2XD",
        "paper": "7QK4-M2XD-A",
        "learner": {"id": "s1", "name": "Ann"},
        "answers": {"1": "B", "2": None, "3": ["C", "", "B"], "4": ""},
    }
    return csv_file(folder, json.dumps(data | changes), "sitting.json")


def test_a_sitting_in_the_terminal_is_read(tmp_path: Path) -> None:
    (sitting,) = read_sittings([sitting_file(tmp_path)]).sittings
    assert (sitting.exam, sitting.paper, sitting.learner) == ("7QK4-M2XD", "7QK4-M2XD-A", "s1")
    assert sitting.answers == {1: "B", 3: "1C 3B"}


def test_a_sitting_that_was_not_handed_in_is_read_and_told(tmp_path: Path) -> None:
    reading = read_sittings([sitting_file(tmp_path, ended=None)])
    assert len(reading.sittings) == 1
    assert said(reading) == ["this sitting was not handed in; it is marked as it stands."]
    assert said(read_sittings([sitting_file(tmp_path, ended="2026-11-23T10:00:00+00:00")])) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"format": "other"}, "this is no sitting that ecsquiz wrote."),
        ({"version": 2}, "this sitting is of version 2; version 1 can be read."),
        ({"answers": [1]}, "this sitting is damaged."),
        ({"answers": {"one": "A"}}, "this sitting is damaged."),
        ({"learner": "Ann"}, "this sitting is damaged."),
    ],
)
def test_other_json_is_told(tmp_path: Path, changes: dict[str, object], fault: str) -> None:
    reading = read_sittings([sitting_file(tmp_path, **changes)])
    assert reading.sittings == []
    assert said(reading) == [fault]


def test_what_is_no_json_is_told_with_its_line(tmp_path: Path) -> None:
    path = csv_file(tmp_path, '{"format":\n nothing', "sitting.json")
    assert str(read_sittings([path]).problems[0]).startswith(f"{path}:2: this is not JSON.")


def test_a_folder_stands_for_its_files_and_others_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    csv_file(folder, HEADER + "s1,Ann,A,A,B,C\n")
    sitting_file(folder)
    (folder / "notes.txt").write_text("nothing")
    reading = read_sittings([folder, tmp_path / "scan.png", tmp_path / "none.csv"])
    assert len(reading.sittings) == 2
    assert len(reading.problems) == 2
