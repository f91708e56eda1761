"""`ecsquiz exam build`, run as a trainer runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.exams.exam_samples import spread, write_sample_bank


@pytest.fixture
def exam_bank_folder(tmp_path: Path) -> Path:
    return write_sample_bank(tmp_path / "bank", spread(18))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_build_writes_papers_key_and_record_and_names_them(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "exam"
    done = ecsquiz(
        "exam", "build", "--count", "6", "--variants", "2", "--out", str(out), "--bank", str(exam_bank_folder)
    )
    assert done.returncode == 0, done.stderr
    names = ["paper-A.md", "paper-B.md", "key.md", "exam.json"]
    first, *files = done.stdout.splitlines()
    assert files == [str(out / name) for name in names]
    record = json.loads((out / "exam.json").read_text())
    said = f"Exam {record['id']}: 6 items from 6 questions, {record['points']} points, 2 variants."
    assert first == said
    assert "# Sample bank exam\n" in (out / "paper-A.md").read_text()


def test_two_runs_give_the_same_bytes_whatever_the_order_of_hashes(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    for name, hash_seed in (("one", "1"), ("two", "2")):
        options = ("--count", "9", "--seed", "7", "--variants", "3", "--bank", str(exam_bank_folder))
        done = ecsquiz(
            "exam", "build", *options, "--out", str(tmp_path / name), PYTHONHASHSEED=hash_seed, TZ=name
        )
        assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_filters_may_be_repeated_and_their_order_does_not_matter(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    for name, levels in (("one", ("easy", "hard")), ("two", ("hard", "easy"))):
        filters = [argument for level in levels for argument in ("--level", level)]
        filters += ["--topic", "roles", "--kind", "choice", "--count", "4", "--bank", str(exam_bank_folder)]
        assert ecsquiz("exam", "build", *filters, "--out", str(tmp_path / name)).returncode == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    items = json.loads((tmp_path / "one" / "exam.json").read_text())["items"]
    assert {item["level"] for item in items} == {"easy", "hard"}
    assert {tuple(item["topics"]) for item in items} == {("roles",)}
    assert {item["kind"] for item in items} == {"choice"}


def test_json_tells_a_machine_what_was_made(ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "exam"
    done = ecsquiz(
        "exam", "build", "--count", "3", "--out", str(out), "--json", "--bank", str(exam_bank_folder)
    )
    summary = json.loads(done.stdout)
    assert summary["items"] == 3
    assert len(summary["questions"]) == 3
    assert summary["papers"] == [f"{summary['id']}-A"]
    assert summary["files"] == [str(out / name) for name in ("paper-A.md", "key.md", "exam.json")]


def test_the_title_is_put_on_paper_and_key(ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path) -> None:
    bank = ("--bank", str(exam_bank_folder))
    ecsquiz(
        "exam", "build", "--count", "2", "--title", " Winter\n term ", "--out", str(tmp_path / "e"), *bank
    )
    assert "# Winter term\n" in (tmp_path / "e" / "paper-A.md").read_text()
    assert "# Key: Winter term\n" in (tmp_path / "e" / "key.md").read_text()


def test_a_key_that_is_replaced_is_named_and_so_are_papers_without_one(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "exam"
    same = ("exam", "build", "--count", "2", "--out", str(out), "--bank", str(exam_bank_folder))
    ecsquiz(*same, "--variants", "2")
    old = json.loads((out / "exam.json").read_text())["id"]
    done = ecsquiz(*same, "--seed", "9")
    assert done.stderr == (
        f"This replaced the key of exam {old}.\n"
        f"{out / 'paper-B.md'} belongs to exam {old}, whose key is gone.\n"
    )


def test_too_large_an_exam_ends_in_one_line_and_writes_nothing(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    done = ecsquiz(
        *("exam", "build", "--count", "900", "--level", "easy", "--kind", "recall"),
        *("--out", str(tmp_path / "exam"), "--bank", str(exam_bank_folder)),
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(
        "ecsquiz: the bank has 6 items for level easy, kind recall; 900 are wanted. Ask for 6, or widen "
    )
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "exam").exists()


def test_a_count_that_is_no_count_is_a_usage_error(ecsquiz: Run, tmp_path: Path) -> None:
    assert ecsquiz("exam", "build", "--count", "0", "--out", str(tmp_path / "exam")).returncode == 2


def test_the_help_shows_an_example(ecsquiz: Run) -> None:
    assert "ecsquiz exam build --count 10" in " ".join(ecsquiz("exam", "build", "--help").stdout.split())
