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


BLUEPRINT = """\
title: Two parts
seed: 3
variants: 2
swap: true
sections:
  - title: Letters
    wrong: 0.5
    items: [{count: 3, kind: choice}]
  - title: Words
    items: [{count: 2, kind: recall}]
"""


def test_a_blueprint_is_built_and_options_change_it_for_one_run(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "term.yml").write_text(BLUEPRINT)
    bank = ("--bank", str(exam_bank_folder))
    done = ecsquiz("exam", "build", "term.yml", "--out", "one", *bank)
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "one" / "exam.json").read_text())
    assert (record["seed"], len(record["variants"])) == (3, 2)
    assert [len(paper["items"]) for paper in record["variants"]] == [5, 5]
    done = ecsquiz("exam", "build", "term.yml", "--seed", "4", "--variants", "1", "--out", "two", *bank)
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "two" / "exam.json").read_text())
    assert (record["seed"], len(record["variants"])) == (4, 1)


def test_items_of_an_earlier_exam_are_avoided(ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "term.yml").write_text(BLUEPRINT)
    asked: list[set[str]] = []
    earlier: list[str] = []
    for name in ("one", "two", "three"):
        done = ecsquiz(
            *("exam", "build", "term.yml", "--out", name, *earlier, "--bank", str(exam_bank_folder))
        )
        assert done.returncode == 0, done.stderr
        record = json.loads((tmp_path / name / "exam.json").read_text())
        asked.append({item["id"] for item in record["items"]})
        earlier += ["--avoid", name]
    assert not asked[0] & asked[1]
    assert not (asked[0] | asked[1]) & asked[2]


def test_several_formats_are_written_side_by_side(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    formats = ("--format", "markdown", "--format", "terminal", "--format", "markdown")
    done = ecsquiz(
        "exam", "build", "--count", "2", *formats, "--out", "exam", "--bank", str(exam_bank_folder)
    )
    assert done.returncode == 0, done.stderr
    names = ["paper-A.md", "key.md", "take-A.json", "exam.json"]
    assert done.stdout.splitlines()[1:] == [f"exam/{name}" for name in names]


def test_an_unknown_format_is_refused_with_near_ones(ecsquiz: Run, tmp_path: Path) -> None:
    done = ecsquiz("exam", "build", "--format", "markdwon", "--out", "exam")
    assert done.stderr == "ecsquiz: there is no format `markdwon`. Try markdown.\n"


def test_count_and_filters_belong_into_the_blueprint(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "term.yml").write_text(BLUEPRINT)
    done = ecsquiz(
        *("exam", "plan", "term.yml", "--count", "3", "--level", "easy", "--bank", str(exam_bank_folder))
    )
    assert done.returncode == 1
    assert done.stderr == (
        "ecsquiz: term.yml: --count and --level cannot change a blueprint. "
        "Write it into the blueprint, or leave the blueprint out.\n"
    )


def test_a_plan_is_a_table_for_people_and_data_for_machines(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "term.yml").write_text(BLUEPRINT)
    bank = ("--bank", str(exam_bank_folder))
    shown = ecsquiz("exam", "plan", "term.yml", *bank)
    assert shown.returncode == 0, shown.stderr
    assert "1 Letters" in shown.stdout
    assert "kind recall" in shown.stdout
    data = json.loads(ecsquiz("exam", "plan", "term.yml", "--json", *bank).stdout)
    assert data["possible"] is True
    assert [cell["chosen"] for cell in data["cells"]] == [3, 2]
    assert not (tmp_path / "exam").exists()


def test_an_impossible_plan_is_shown_and_ends_with_what_is_lacking(
    ecsquiz: Run, exam_bank_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "term.yml").write_text(BLUEPRINT.replace("count: 2", "count: 20"))
    bank = ("--bank", str(exam_bank_folder))
    shown = ecsquiz("exam", "plan", "term.yml", *bank)
    assert shown.returncode == 1
    assert "Missing" in shown.stdout
    assert shown.stderr.startswith(
        "ecsquiz: section 2 (Words): the bank has 18 items for kind recall; 20 are wanted. Ask for 1"
    )
    machine = ecsquiz("exam", "plan", "term.yml", "--json", *bank)
    assert machine.returncode == 1
    assert json.loads(machine.stdout)["possible"] is False
