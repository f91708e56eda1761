"""What an author writes and vetoes decides over what is derived."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from quiz.items.derive import derive_items, names, unknown_vetoes
from quiz.items.item import Item, Kind
from quiz.items.lint import check_folder
from quiz.source.question import AuthoredItem, KeyPoint, Question, Veto
from tests.conftest import Run

POINT = "The **stop timeout** says how long ECS waits between both signals before it kills."
WRITTEN = AuthoredItem(
    kind="matching",
    name="Signals and what they do",
    stem="What does each do?",
    answers=("asks", "kills", "reloads", "stops"),
    distractors=("dumps",),
    prompts=("SIGTERM", "SIGKILL", "SIGHUP", "SIGSTOP"),
    explanation="Only SIGKILL cannot be caught.",
    section="Signals",
    line=40,
)
QUESTION = Question(7, "basics", (), "How does it end?", "It is told.", key_points=(KeyPoint(POINT, ()),))


def test_a_written_item_is_an_item_named_after_what_its_author_called_it() -> None:
    item = next(
        item for item in derive_items(replace(QUESTION, items=(WRITTEN,))) if item.kind is Kind.MATCHING
    )
    assert item == Item(
        question=7,
        kind=Kind.MATCHING,
        key="own-signals-what",
        stem="What does each do?",
        answers=("asks", "kills", "reloads", "stops"),
        distractors=("dumps",),
        prompts=("SIGTERM", "SIGKILL", "SIGHUP", "SIGSTOP"),
        explanation="Only SIGKILL cannot be caught.",
        section="Signals",
        difficulty=item.difficulty,
    )


def test_its_key_outlives_any_other_change() -> None:
    changed = replace(WRITTEN, stem="Match.", answers=("a", "b", "c", "d"), explanation="New.", line=1)
    assert names(replace(QUESTION, items=(WRITTEN,))) == names(replace(QUESTION, items=(changed,)))


def test_a_vetoed_item_is_gone_and_no_other() -> None:
    before = names(QUESTION)
    assert "cloze/stop-timeout" in before
    after = derive_items(replace(QUESTION, without=(Veto("cloze/stop-timeout", 5),)))
    assert [f"{item.kind}/{item.key}" for item in after] == [
        name for name in before if name != "cloze/stop-timeout"
    ]


def test_a_veto_of_nothing_is_unknown() -> None:
    vetoes = (Veto("cloze/stop-timeout", 5), Veto("cloze/start-timeout", 6))
    assert list(unknown_vetoes(replace(QUESTION, without=vetoes))) == [vetoes[1]]


def test_the_check_names_the_line_of_an_unknown_veto_and_the_nearest_item(bank_folder: Path) -> None:
    path = bank_folder / "basics" / "001-roles.md"
    path.write_text(path.read_text().replace("sources:", "without:\n  - recall/answers\nsources:", 1))
    (finding,) = check_folder(bank_folder, select=["V"]).findings
    assert (finding.path, finding.line, finding.code) == ("basics/001-roles.md", 7, "V001")
    assert finding.message == "this question yields no item `recall/answers`; did you mean `recall/answer`?"


def test_the_command_lists_and_checks_the_rule_over_vetoes(ecsquiz: Run, bank_folder: Path) -> None:
    assert "V001" in ecsquiz("bank", "rules").stdout
    path = bank_folder / "basics" / "001-roles.md"
    path.write_text(path.read_text().replace("sources:", "without: [cloze/nothing]\nsources:", 1))
    done = ecsquiz("bank", "check", "--bank", str(bank_folder), "--select", "V001")
    assert done.returncode == 1
    assert "001-roles.md:6: V001" in done.stdout
