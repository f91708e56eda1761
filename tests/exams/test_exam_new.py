"""`ecsquiz exam new`, and the blueprints that it writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.exams.blueprint import Blueprint, SectionPlan, Selection
from quiz.exams.blueprint_draft import BlueprintDraft, draft_text
from quiz.exams.blueprint_file import read_blueprint
from quiz.items.item import Kind
from tests.conftest import Run
from tests.exams.exam_samples import LEVELS, TOPICS, spread, write_sample_bank


@pytest.fixture(scope="module")
def exam_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    folder = tmp_path_factory.mktemp("drafts")
    build_bank(write_sample_bank(folder / "bank", spread(9)), folder / "bank.sqlite")
    with Bank.open(folder / "bank.sqlite") as opened:
        yield opened


@st.composite
def drafts(draw: st.DrawFn) -> BlueprintDraft:
    chosen = [draw(st.sets(st.sampled_from(names))) for names in (LEVELS, TOPICS, list(Kind))]
    return BlueprintDraft(
        title=draw(st.text(max_size=20)),
        selection=Selection(
            draw(st.integers(1, 50)),
            tuple(name for name in LEVELS if name in chosen[0]),
            tuple(name for name in TOPICS if name in chosen[1]),
            tuple(kind for kind in Kind if kind in chosen[2]),
        ),
        seed=draw(st.integers(0, 9999)),
        variants=draw(st.integers(1, 702)),
        minutes=draw(st.none() | st.integers(1, 600)),
        pass_mark=draw(st.integers(0, 200)) / 200,
        wrong=draw(st.integers(0, 8)) / 4,
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draft=drafts())
def test_a_draft_reads_as_the_blueprint_that_was_asked_for(
    exam_bank: Bank, tmp_path: Path, draft: BlueprintDraft
) -> None:
    path = tmp_path / "term.yml"
    path.write_text(draft_text(draft, exam_bank.spec, path.name), encoding="utf-8")
    found = read_blueprint(path, exam_bank)
    asked = draft.selection
    assert (found.seed, found.variants, found.minutes) == (draft.seed, draft.variants, draft.minutes)
    assert found.pass_mark == pytest.approx(draft.pass_mark)
    assert found.count == asked.count
    levels = [level for section in found.sections for level in section.cells[0].levels]
    assert levels == list(asked.levels)[: asked.count]
    for section in found.sections:
        (cell,) = section.cells
        assert (cell.topics, cell.kinds, section.wrong) == (asked.topics, asked.kinds, draft.wrong)


def test_a_draft_has_a_section_a_level_and_shares_the_count_among_them(
    exam_bank: Bank, tmp_path: Path
) -> None:
    path = tmp_path / "term.yml"
    draft = BlueprintDraft(
        'The "big" one', Selection(5, ("easy", "hard"), kinds=(Kind.CHOICE,)), 7, wrong=0.5
    )
    path.write_text(draft_text(draft, exam_bank.spec, path.name), encoding="utf-8")
    assert read_blueprint(path, exam_bank) == Blueprint(
        'The "big" one',
        (
            SectionPlan((Selection(3, ("easy",), kinds=(Kind.CHOICE,)),), "Easy", wrong=0.5),
            SectionPlan((Selection(2, ("hard",), kinds=(Kind.CHOICE,)),), "Hard", wrong=0.5),
        ),
        seed=7,
    )


def test_what_is_commented_out_may_be_taken_in(exam_bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "term.yml"
    text = draft_text(BlueprintDraft("Exam", Selection(2), 7), exam_bank.spec, path.name)
    for line in ("minutes: 60", "instructions: No books.", "points: 1"):
        assert f"# {line}" in text
        text = text.replace(f"# {line}", line)
    path.write_text(text, encoding="utf-8")
    found = read_blueprint(path, exam_bank)
    assert (found.minutes, found.instructions, found.sections[0].points) == (60, "No books.", 1)


def test_new_writes_a_blueprint_that_plan_and_build_take(ecsquiz: Run, tmp_path: Path) -> None:
    bank = ("--bank", str(write_sample_bank(tmp_path / "bank", spread(9))))
    done = ecsquiz("exam", "new", "term.yml", "--count", "4", "--level", "easy", "--minutes", "30", *bank)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "term.yml\nNext: ecsquiz exam plan term.yml\n"
    planned = ecsquiz("exam", "plan", "term.yml", *bank)
    assert planned.returncode == 0, planned.stderr
    assert "4 items from" in planned.stdout
    built = ecsquiz("exam", "build", "term.yml", "--out", "exam", *bank)
    assert built.returncode == 0, built.stderr
    assert "You have 30 minutes." in (tmp_path / "exam" / "paper-A.md").read_text()


def test_new_never_writes_over_a_file(ecsquiz: Run, tmp_path: Path) -> None:
    (tmp_path / "term.yml").write_text("mine")
    done = ecsquiz("exam", "new", "term.yml")
    assert done.returncode == 1
    assert done.stderr == "ecsquiz: term.yml: there is a file of this name already. Choose another name.\n"
    assert (tmp_path / "term.yml").read_text() == "mine"


def test_new_refuses_a_level_that_the_bank_does_not_have(ecsquiz: Run, tmp_path: Path) -> None:
    bank = ("--bank", str(write_sample_bank(tmp_path / "bank", spread(3))))
    done = ecsquiz("exam", "new", "term.yml", "--level", "eazy", *bank)
    assert done.stderr == "ecsquiz: there is no level `eazy`. Try easy.\n"
    assert not (tmp_path / "term.yml").exists()
