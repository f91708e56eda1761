"""A blueprint as a trainer writes it, and what is said where it cannot mean anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.errors import UserError
from quiz.exams.blueprint import Blueprint, EarlierExam, SectionPlan, Selection
from quiz.exams.blueprint_file import read_blueprint
from quiz.items.item import Kind
from tests.exams.exam_samples import spread, write_sample_bank

WHOLE = """\
title: Winter  term
instructions: |
  No books.

  **Good luck.**
minutes: 45
pass_mark: 55%
seed: 9
variants: 3
swap: yes
show_result: true
exclude: [3, 4/recall/answer]
avoid: earlier
sections:
  - title: Letters
    instructions: Tick.
    points: 2
    wrong: 0.5
    fixed: 1
    items:
      - {count: 4, level: [hard, easy], topic: roles, kind: choice}
      - count: 2
  - items:
      - {count: 1, kind: [recall, choice]}
"""


@pytest.fixture(scope="module")
def exam_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    folder = tmp_path_factory.mktemp("blueprints")
    build_bank(write_sample_bank(folder / "bank", spread(18)), folder / "bank.sqlite")
    with Bank.open(folder / "bank.sqlite") as opened:
        yield opened


def read(folder: Path, text: str, bank: Bank) -> Blueprint:
    path = folder / "term.yml"
    path.write_text(text, encoding="utf-8")
    return read_blueprint(path, bank)


def refusal(folder: Path, text: str, bank: Bank) -> str:
    with pytest.raises(UserError) as error:
        read(folder, text, bank)
    return str(error.value).removeprefix(f"{folder}/")


def test_a_blueprint_says_all_that_decides_what_is_on_the_papers(exam_bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "earlier").mkdir()
    record = {"id": "AAAA-BBBB", "items": [{"id": "5/recall/answer"}]}
    (tmp_path / "earlier" / "exam.json").write_text(json.dumps(record))
    letters = SectionPlan(
        (Selection(4, ("easy", "hard"), ("roles",), (Kind.CHOICE,)), Selection(2)),
        title="Letters",
        instructions="Tick.",
        points=2,
        wrong=0.5,
        fixed=("1",),
    )
    assert read(tmp_path, WHOLE, exam_bank) == Blueprint(
        title="Winter term",
        sections=(letters, SectionPlan((Selection(1, kinds=(Kind.RECALL, Kind.CHOICE)),))),
        seed=9,
        variants=3,
        instructions="No books.\n\n**Good luck.**",
        minutes=45,
        pass_mark=0.55,
        exclude=("3", "4/recall/answer"),
        avoid=(EarlierExam("AAAA-BBBB", frozenset(["5/recall/answer"])),),
        swap=True,
        show_result=True,
    )


def test_a_count_is_all_that_a_blueprint_needs(exam_bank: Bank, tmp_path: Path) -> None:
    found = read(tmp_path, "sections:\n  - items:\n      - count: 3\n", exam_bank)
    assert found == Blueprint("Sample bank exam", (SectionPlan((Selection(3),)),))


SECTION = "sections:\n  - items:\n      - count: 3\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "term.yml:1: the file has to be a list of `key: value`. Use title, "),
        ("- one\n", "term.yml:1: the file has to be a list of `key: value`."),
        ("title: one\n", "term.yml:1: there are no `sections`. Write at least one, with `items`."),
        ("sections:\n", "term.yml:1: there are no `sections`."),
        ("title: [one\n", "term.yml:2: this is not valid YAML: "),
        ("tittle: one\n" + SECTION, "term.yml:1: `tittle` means nothing here. Did you mean `title`?"),
        ("colour: red\n" + SECTION, "term.yml:1: `colour` means nothing here. Use title, instructions,"),
        ("seed: 1\nseed: 2\n" + SECTION, "term.yml:2: `seed` stands here twice. Take one of them out."),
        ("seed: many\n" + SECTION, "term.yml:1: `seed` cannot be `many`. Write a whole number."),
        ("title: [one]\n" + SECTION, "term.yml:1: `title` has to be a text. Write it after `title:`."),
        ("\nvariants: 0\n" + SECTION, "term.yml:2: `variants` cannot be 0. The least is 1."),
        ("variants: 703\n" + SECTION, "term.yml:1: `variants` cannot be 703. The most is 702."),
        ("minutes: 0\n" + SECTION, "term.yml:1: `minutes` cannot be 0. The least is 1."),
        ("pass_mark: 60\n" + SECTION, "term.yml:1: `pass_mark` cannot be `60`. Write a share such as 60% or"),
        ("pass_mark: nan\n" + SECTION, "term.yml:1: `pass_mark` cannot be `nan`. Write a share such as"),
        ("swap: maybe\n" + SECTION, "term.yml:1: `swap` cannot be `maybe`. Write swap: true or swap: false."),
        ("exclude: 99\n" + SECTION, "term.yml:1: there is no question `99` in this bank. See them all with:"),
        (
            "exclude:\n- 1\n- 1/recall/anser\n" + SECTION,
            "term.yml:3: there is no item `1/recall/anser`. Try 1",
        ),
        (
            "exclude: [[1]]\n" + SECTION,
            "term.yml:1: `exclude` has to be a name or names. Write exclude: [one",
        ),
        (
            "avoid: nowhere\n" + SECTION,
            "term.yml:1: there is no earlier exam here. Name a folder with an exam",
        ),
        (
            "sections:\n- title: x\n",
            "term.yml:2: this section asks for nothing. Write `items` with a `count`.",
        ),
        ("sections: some\n", "term.yml:1: a section has to be a list of `key: value`. Use title,"),
        (SECTION + "    point: 2\n", "term.yml:4: `point` means nothing here. Did you mean `points`?"),
        (
            SECTION + "    points: 0\n",
            "term.yml:4: `points` cannot be 0. Leave it out for the points of each",
        ),
        (SECTION + "    wrong: -1\n", "term.yml:4: `wrong` cannot be `-1`. Write a number of 0 to 1000."),
        (
            SECTION + "      - level: easy\n",
            "term.yml:4: this entry has no `count`. Write how many items, such",
        ),
        (SECTION + "        level: eazy\n", "term.yml:4: there is no level `eazy`. Try easy."),
        (
            SECTION + "        topic: [roles,\n          rotes]\n",
            "term.yml:5: there is no topic `rotes`. Try ro",
        ),
        (SECTION + "        kind: choise\n", "term.yml:4: there is no kind `choise`. Try choice, cloze."),
        (
            SECTION + "    fixed: 1\nexclude: 1\n",
            "term.yml:5: `1` is fixed and excluded. Take one of them out.",
        ),
        (SECTION + "    fixed: 1\n  - fixed: 1\n", "term.yml:1: `1` is fixed in two sections. Take one of"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_line_and_remedy(
    exam_bank: Bank, tmp_path: Path, text: str, message: str
) -> None:
    said = refusal(tmp_path, text, exam_bank)
    assert said.startswith(message)
    assert "\n" not in said


def test_a_file_that_is_not_there_or_no_text_is_refused(exam_bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"there is no such file\. Write one with: ecsquiz exam new"):
        read_blueprint(tmp_path / "none.yml", exam_bank)
    (tmp_path / "binary.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match=r"this file is not UTF-8"):
        read_blueprint(tmp_path / "binary.yml", exam_bank)


def test_an_earlier_exam_that_is_damaged_is_refused(exam_bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "exam.json").write_text('{"id": 1}')
    said = refusal(tmp_path, "avoid: exam.json\n" + SECTION, exam_bank)
    assert said.startswith("term.yml:1: this is not the record of an exam.")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="abcsetiountl:-[]{} \n0159'\"&*#", max_size=80))
def test_whatever_is_written_gives_a_blueprint_or_a_refusal(
    exam_bank: Bank, tmp_path: Path, text: str
) -> None:
    found: Blueprint | UserError
    try:
        found = read(tmp_path, text, exam_bank)
    except UserError as error:
        found = error
    assert found.remedy if isinstance(found, UserError) else found.sections
