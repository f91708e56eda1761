"""What writing an exam does to the folder it is written to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quiz.errors import UserError
from quiz.exams.folder import write_exam


def files(exam_id: str, *names: str) -> dict[str, bytes]:
    """Files as the formats and the record make them."""
    texts = {name: f"<!-- ecsquiz exam {exam_id} -->\n".encode() for name in names}
    record = f'{{"made_by": "ecsquiz exam", "id": "{exam_id}"}}'.encode()
    return {**texts, "exam.json": record}


def names(folder: Path) -> list[str]:
    """The files that a trainer sees."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    out = tmp_path / "new" / "exam"
    written = write_exam(out, "AAAA", files("AAAA", "paper-A.md"))
    assert written.paths == (out / "paper-A.md", out / "exam.json")
    assert names(out) == ["exam.json", "paper-A.md"]


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_exam(tmp_path, "AAAA", files("AAAA", "key.md"))
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_our_own_files_are_replaced(tmp_path: Path) -> None:
    write_exam(tmp_path, "AAAA", files("AAAA", "key.md"))
    written = write_exam(tmp_path, "BBBB", files("BBBB", "key.md"))
    assert "BBBB" in (tmp_path / "key.md").read_text()
    assert written.replaced == "AAAA"


def test_writing_the_same_exam_again_replaces_nothing_worth_a_word(tmp_path: Path) -> None:
    write_exam(tmp_path, "AAAA", files("AAAA", "key.md"))
    written = write_exam(tmp_path, "AAAA", files("AAAA", "key.md"))
    assert (written.replaced, written.left_over) == ("", ())


def test_papers_of_the_replaced_exam_are_left_and_named(tmp_path: Path) -> None:
    write_exam(tmp_path, "AAAA", files("AAAA", "paper-A.md", "paper-B.md"))
    (tmp_path / "notes.txt").write_text("AAAA")
    written = write_exam(tmp_path, "BBBB", files("BBBB", "paper-A.md"))
    assert written.left_over == (tmp_path / "paper-B.md",)
    assert (tmp_path / "paper-B.md").exists()


@pytest.mark.parametrize("name", ["paper-A.docx", "paper-A.md"])
def test_a_file_of_ours_that_was_edited_by_hand_stops_everything(tmp_path: Path, name: str) -> None:
    write_exam(tmp_path, "AAAA", {**files("AAAA"), name: b"PK \x00 ecsquiz exam AAAA"})
    (tmp_path / name).write_bytes(b"PK \x00 ecsquiz exam AAAA, with my own words")
    with pytest.raises(UserError, match=r"was changed since ecsquiz made it\. Choose another --out"):
        write_exam(tmp_path, "BBBB", {**files("BBBB"), name: b"PK \x00 ecsquiz exam BBBB"})
    assert (tmp_path / name).read_bytes().endswith(b"my own words")
    assert '"id": "AAAA"' in (tmp_path / "exam.json").read_text()


def test_a_binary_file_of_ours_is_replaced_and_one_of_an_earlier_exam_named(tmp_path: Path) -> None:
    write_exam(tmp_path, "AAAA", {**files("AAAA"), "a.pdf": b"\x00A", "b.pdf": b"\x00B"})
    written = write_exam(tmp_path, "BBBB", {**files("BBBB"), "a.pdf": b"\x00new"})
    assert (tmp_path / "a.pdf").read_bytes() == b"\x00new"
    assert written.left_over == (tmp_path / "b.pdf",)


def test_a_run_that_was_cut_short_can_be_repeated(tmp_path: Path) -> None:
    made = {**files("AAAA"), "a.pdf": b"\x00A", "b.pdf": b"\x00B"}
    (tmp_path / "a.pdf").write_bytes(made["a.pdf"])
    write_exam(tmp_path, "AAAA", made)
    assert names(tmp_path) == ["a.pdf", "b.pdf", "exam.json"]


@pytest.mark.parametrize("content", ["# My own key\n", ""])
def test_a_file_of_the_same_name_that_is_not_ours_stops_everything(tmp_path: Path, content: str) -> None:
    (tmp_path / "key.md").write_text(content)
    with pytest.raises(
        UserError, match=r"key\.md: this file was not made by ecsquiz\. Choose another --out\."
    ):
        write_exam(tmp_path, "AAAA", files("AAAA", "paper-A.md", "key.md"))
    assert [path.name for path in tmp_path.iterdir()] == ["key.md"]
    assert (tmp_path / "key.md").read_text() == content


def test_a_folder_in_the_place_of_a_file_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "key.md").mkdir()
    with pytest.raises(UserError, match="not made by ecsquiz"):
        write_exam(tmp_path, "AAAA", files("AAAA", "key.md"))


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UserError, match="this cannot be written: File exists"):
        write_exam(tmp_path / "out", "AAAA", files("AAAA", "key.md"))
    assert (tmp_path / "out").read_text() == "a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UserError, match="this cannot be written: Permission denied"):
        write_exam(tmp_path, "AAAA", files("AAAA", "key.md"))


@pytest.mark.parametrize(
    "record", ["not JSON, ecsquiz exam", '{"made_by": "ecsquiz exam"}', '"ecsquiz exam"']
)
def test_a_damaged_record_of_ours_is_replaced(tmp_path: Path, record: str) -> None:
    (tmp_path / "exam.json").write_text(record)
    written = write_exam(tmp_path, "AAAA", files("AAAA", "key.md"))
    assert written.replaced == ""
    assert '"id": "AAAA"' in (tmp_path / "exam.json").read_text()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_exam(tmp_path, "AAAA", files("AAAA", "key.md"))
    before = (tmp_path / "key.md").read_bytes()

    def fail(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UserError, match="No space left on device"):
        write_exam(tmp_path, "BBBB", files("BBBB", "key.md"))
    assert (tmp_path / "key.md").read_bytes() == before
    assert names(tmp_path) == ["exam.json", "key.md"]
