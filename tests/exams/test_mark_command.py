"""`ecsquiz exam mark` and `learn`, run as a trainer runs them."""

from __future__ import annotations

import csv
import json
import random
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.exams.blueprint import Blueprint, Selection, one_section
from quiz.exams.compose import compose
from quiz.exams.deliver import files_of, format_named
from quiz.exams.folder import write_exam
from quiz.exams.record import VERSION
from tests.conftest import Run
from tests.exams.exam_samples import spread, write_sample_bank


@pytest.fixture(scope="module")
def bank_folder_of_exams(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample_bank(tmp_path_factory.mktemp("exams") / "bank", spread(18))


@pytest.fixture(scope="module")
def bank_of_exams(bank_folder_of_exams: Path) -> Path:
    """The bank, compiled."""
    path = bank_folder_of_exams.with_name("bank.sqlite")
    build_bank(bank_folder_of_exams, path)
    return path


@pytest.fixture(scope="module")
def exam(bank_of_exams: Path) -> Path:
    """The folder of an exam with two variants of eight items."""
    folder = bank_of_exams.with_name("exam")
    with Bank.open(bank_of_exams) as bank:
        composed = compose(bank, Blueprint("Sample", one_section(Selection(8)), variants=2))
    write_exam(folder, composed.id, files_of(composed, [format_named("markdown")]))
    return folder


def record(exam: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((exam / "exam.json").read_text())
    assert data["version"] == VERSION
    return data


def answers(exam: Path, label: str, right: float, chance: random.Random) -> dict[int, str]:
    """Answers to a variant, of which a share is right."""
    items = {item["id"]: item for item in record(exam)["items"]}
    (variant,) = (one for one in record(exam)["variants"] if one["label"] == label)
    found = {}
    for placed in variant["items"]:
        known = chance.random() < right
        if placed["options"]:
            letters = "ABCDEFGH"[: len(placed["options"])]
            found[placed["number"]] = placed["letters"][0] if known else chance.choice(letters)
        else:
            points = [point["text"].replace("*", "") for point in items[placed["item"]]["key_points"]]
            found[placed["number"]] = ". ".join(points[: len(points) if known else 0]) or "no"
    return found


def write_class(exam: Path, path: Path, size: int = 12, *rows: list[str]) -> Path:
    chance = random.Random(3)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["learner id", "name", "paper", *range(1, 9)])
        for index in range(size):
            label = "AB"[index % 2]
            found = answers(exam, label, index / size, chance)
            writer.writerow([f"id{index}", f"Zoë {index}", label, *(found[number] for number in range(1, 9))])
        writer.writerows(rows)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_class_is_marked_with_reports_for_all(
    ecsquiz: Run, exam: Path, bank_of_exams: Path, tmp_path: Path
) -> None:
    sheet = write_class(exam, tmp_path / "answers.csv")
    out = tmp_path / "marks"
    done = ecsquiz(
        "exam", "mark", "--key", str(exam), "--out", str(out), "--bank", str(bank_of_exams), str(sheet)
    )
    assert done.returncode == 0, done.stderr
    assert f"Exam {record(exam)['id']}: 12 sittings marked, " in done.stdout
    marks = rows(out / "marks.csv")
    assert [row["learner id"] for row in marks] == [f"id{index}" for index in range(12)]
    shares = [float(row["percent"]) for row in marks]
    assert sum(shares[6:]) > sum(shares[:6])
    assert len(rows(out / "items.csv")) == 8
    sheets = {path.name for path in (out / "feedback").iterdir()}
    assert sheets == {f"id{index}.{kind}" for index in range(12) for kind in ("html", "pdf")}
    assert (out / "feedback" / "id3.pdf").read_bytes().startswith(b"%PDF-1.7")
    data = json.loads((out / "results.json").read_text())
    assert data["class"]["sittings"] == 12
    assert sum(data["class"]["bins"]) == 12


def test_marking_again_gives_the_same_files(
    ecsquiz: Run, exam: Path, bank_of_exams: Path, tmp_path: Path
) -> None:
    sheet = write_class(exam, tmp_path / "answers.csv")
    contents: list[dict[Path, bytes]] = []
    for name in ("one", "two"):
        out = tmp_path / name
        options = ("--key", str(exam / "exam.json"), "--out", str(out), "--bank", str(bank_of_exams))
        assert (
            ecsquiz("exam", "mark", *options, str(sheet), PYTHONHASHSEED=str(len(contents))).returncode == 0
        )
        files = (path for path in out.rglob("*") if path.is_file())
        contents.append({path.relative_to(out): path.read_bytes() for path in files})
    assert contents[0] == contents[1]


def test_mess_is_listed_with_its_line_and_the_rest_is_marked(
    ecsquiz: Run, exam: Path, bank_of_exams: Path, tmp_path: Path
) -> None:
    bad = [["id90", "Xenia", "Q", *"ABCDABCD"], ["", "Yves", "A", *"ABCDABCD"], ["id91", "Zora", "A", "B"]]
    sheet = write_class(exam, tmp_path / "answers.csv", 4, *bad)
    options = ("--key", str(exam), "--out", str(tmp_path / "marks"), "--bank", str(bank_of_exams))
    done = ecsquiz("exam", "mark", *options, "--sheets", "none", str(sheet))
    assert done.returncode == 1
    assert "4 sittings marked" in done.stdout
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [f"{sheet}:{n}" for n in (6, 7, 8)]
    assert [row["line"] for row in rows(tmp_path / "marks" / "problems.csv")] == ["6", "7", "8"]


def test_nothing_about_learners_is_said_on_the_terminal(
    ecsquiz: Run, exam: Path, bank_of_exams: Path, tmp_path: Path
) -> None:
    sheet = write_class(exam, tmp_path / "answers.csv", 4, ["id90", "Xenia", "A", "A,B", *"ABCDABC"])
    options = ("--key", str(exam), "--out", str(tmp_path / "marks"), "--bank", str(bank_of_exams))
    for extra in ((), ("--json",)):
        done = ecsquiz("exam", "mark", *options, "--sheets", "none", *extra, str(sheet))
        said = done.stdout + done.stderr
        assert "item 1: more than one option is marked" in said or "no letter of an option" in said or extra
        assert not any(word in said for word in ("id90", "Xenia", "id0", "Zoë"))


def test_pseudonyms_replace_ids_and_names_everywhere_and_stay(
    ecsquiz: Run, exam: Path, bank_of_exams: Path, tmp_path: Path
) -> None:
    sheet = write_class(exam, tmp_path / "answers.csv", 5)
    out = tmp_path / "marks"
    options = ("--key", str(exam), "--out", str(out), "--bank", str(bank_of_exams), "--pseudonymise")
    named = [option for option in options if option != "--pseudonymise"]
    assert ecsquiz("exam", "mark", *named, str(sheet)).returncode == 0
    assert (out / "feedback" / "id3.pdf").exists()
    names = []
    for _ in range(2):
        done = ecsquiz("exam", "mark", *options, str(sheet))
        assert done.returncode == 0, done.stderr
        names.append([row["learner id"] for row in rows(out / "marks.csv")])
    assert names[0] == names[1]
    known = {row["learner id"]: row["pseudonym"] for row in rows(out / "pseudonyms.csv")}
    assert [known[f"id{index}"] for index in range(5)] == names[0]
    for path in out.rglob("*"):
        assert "id3" not in path.name
        if path.is_file() and path.name != "pseudonyms.csv":
            content = path.read_bytes()
            assert "Zoë".encode() not in content
            assert b"id3" not in content.replace(b"grid3", b"")


def test_a_review_list_is_settled_and_marked_again_and_never_lost(
    ecsquiz: Run, exam: Path, bank_of_exams: Path, tmp_path: Path
) -> None:
    sheet = write_class(exam, tmp_path / "answers.csv", 3, ["id9", "Ida", "A", "A,B", *[""] * 7])
    out = tmp_path / "marks"
    options = ("--key", str(exam), "--out", str(out), "--bank", str(bank_of_exams), "--sheets", "none")
    ecsquiz("exam", "mark", *options, str(sheet))
    review = out / "review.csv"
    entries = rows(review)
    (mine,) = (entry for entry in entries if entry["learner id"] == "id9")
    mine["settled"], mine["note"] = "1", "B was crossed out"
    with review.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(entries[0]))
        writer.writeheader()
        writer.writerows(entries)
    refused = ecsquiz("exam", "mark", *options, str(sheet))
    assert refused.returncode == 1
    assert "this review list holds 1 decision, which would be lost." in refused.stderr
    done = ecsquiz("exam", "mark", *options, "--review", str(review), str(sheet))
    assert done.returncode == 0, done.stderr
    assert next(row for row in rows(out / "marks.csv") if row["learner id"] == "id9")["points"] == "1"
    assert any(row["settled"] == "1" and row["note"] == "B was crossed out" for row in rows(review))


def test_learn_keeps_what_was_observed_beside_the_bank(
    ecsquiz: Run, exam: Path, bank_folder_of_exams: Path, tmp_path: Path
) -> None:
    sheet = write_class(exam, tmp_path / "answers.csv")
    out = tmp_path / "marks"
    bank = ("--bank", str(bank_folder_of_exams))
    ecsquiz("exam", "mark", "--key", str(exam), "--out", str(out), *bank, "--sheets", "none", str(sheet))
    done = ecsquiz("exam", "learn", str(out), *bank)
    assert done.returncode == 0, done.stderr
    path = bank_folder_of_exams / "item_statistics.json"
    first = path.read_text()
    learnt = json.loads(first)["items"]
    name = record(exam)["id"]
    assert set(learnt) == {item["id"] for item in record(exam)["items"]}
    assert all(entry[name]["sittings"] == 12 for entry in learnt.values())
    assert "id1" not in first.replace("id1/", "")
    ecsquiz("exam", "learn", str(out), *bank)
    assert path.read_text() == first


def test_what_is_no_key_or_no_result_is_refused_in_one_line(ecsquiz: Run, tmp_path: Path) -> None:
    (tmp_path / "exam.json").write_text("{}")
    done = ecsquiz("exam", "mark", "--key", str(tmp_path), "--out", str(tmp_path / "out"), "x.csv")
    assert done.returncode == 1
    assert done.stderr.startswith(f"ecsquiz: {tmp_path / 'exam.json'}: this is no record of an exam.")
    done = ecsquiz("exam", "learn", str(tmp_path))
    assert done.returncode == 1
    assert "results.json" in done.stderr
    assert not (tmp_path / "out").exists()


class Balanced(HTMLParser):
    """Fails where a tag is not closed, or another one is."""

    VOID = frozenset(("meta", "br", "rect", "path", "circle", "img", "link"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_pages_are_sound_need_nothing_else_and_their_links_lead_somewhere(
    ecsquiz: Run, exam: Path, bank_of_exams: Path, tmp_path: Path
) -> None:
    sheet = write_class(exam, tmp_path / "answers.csv", 6)
    out = tmp_path / "marks"
    options = ("--key", str(exam), "--out", str(out), "--bank", str(bank_of_exams), "--sheets", "html")
    ecsquiz("exam", "mark", *options, str(sheet))
    pages = [out / "class.html", out / "items.html", *sorted((out / "feedback").iterdir())]
    assert len(pages) == 8
    for path in pages:
        text = path.read_text()
        found = Balanced()
        found.feed(text)
        assert found.open == []
        assert len(set(found.ids)) == len(found.ids)
        assert {link.removeprefix("#") for link in found.links if link.startswith("#")} <= set(found.ids)
        assert "<script" not in text
        assert text.startswith('<!doctype html>\n<html lang="en">')
