"""Compiling a folder of questions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quiz.bank import build, freshness
from quiz.bank.build import BrokenSourceError, build_bank
from quiz.bank.freshness import is_fresh
from quiz.bank.store import Bank
from quiz.errors import UserError


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "bank.sqlite"


def test_a_build_counts_what_it_compiled(bank_folder: Path, target: Path) -> None:
    report = build_bank(bank_folder, target)
    assert (report.questions, report.compiled, report.unchanged, report.removed) == (2, 2, 0, 0)
    with Bank.open(target) as bank:
        assert len(bank.items()) == report.items


def test_a_second_build_compiles_only_what_changed(bank_folder: Path, target: Path) -> None:
    build_bank(bank_folder, target)
    rewrite(bank_folder, "basics/001-roles.md", "What does a task role do", "What can a task role do")
    report = build_bank(bank_folder, target)
    assert (report.compiled, report.unchanged) == (1, 1)
    with Bank.open(target) as bank:
        assert bank.question(1).prompt.startswith("What can")


def test_an_incremental_build_gives_what_a_full_build_gives(
    bank_folder: Path, target: Path, tmp_path: Path
) -> None:
    build_bank(bank_folder, target)
    rewrite(bank_folder, "repairs/002-pull.md", "in this order", "in any order")
    build_bank(bank_folder, target)
    build_bank(bank_folder, tmp_path / "fresh.sqlite")
    with Bank.open(target) as incremental, Bank.open(tmp_path / "fresh.sqlite") as full:
        assert incremental.questions() == full.questions()
        assert incremental.items() == full.items()
        assert incremental.fingerprint == full.fingerprint


def test_a_removed_file_takes_its_question_along(bank_folder: Path, target: Path) -> None:
    build_bank(bank_folder, target)
    (bank_folder / "repairs" / "002-pull.md").unlink()
    assert build_bank(bank_folder, target).removed == 1
    with Bank.open(target) as bank:
        assert bank.numbers() == [1]
        assert bank.items(question=2) == []
        assert bank.rows("SELECT rowid FROM question_text") == [(1,)]


def test_a_renumbered_question_leaves_its_old_number(bank_folder: Path, target: Path) -> None:
    build_bank(bank_folder, target)
    rewrite(bank_folder, "repairs/002-pull.md", "number: 2", "number: 9")
    build_bank(bank_folder, target)
    with Bank.open(target) as bank:
        assert bank.numbers() == [1, 9]


def test_two_questions_may_swap_their_numbers(bank_folder: Path, target: Path) -> None:
    build_bank(bank_folder, target)
    rewrite(bank_folder, "basics/001-roles.md", "number: 1", "number: 2")
    rewrite(bank_folder, "repairs/002-pull.md", "number: 2", "number: 1")
    build_bank(bank_folder, target)
    with Bank.open(target) as bank:
        assert bank.question(1).path == "repairs/002-pull.md"


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("number: 2", "number: 1", 1, "S003"),
        ("level: repairs", "level: unknown", 1, "S001"),
        ("# A task stops", "A task stops", 9, "F008"),
    ],
)
def test_a_failing_build_leaves_the_old_bank_and_names_the_place(
    bank_folder: Path, target: Path, old: str, new: str, line: int, code: str
) -> None:
    build_bank(bank_folder, target)
    before = target.read_bytes()
    rewrite(bank_folder, "repairs/002-pull.md", old, new)
    with pytest.raises(BrokenSourceError) as raised:
        build_bank(bank_folder, target)
    assert f"{bank_folder}/repairs/002-pull.md:{line}: " in str(raised.value)
    assert raised.value.findings[0].code == code
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_all_broken_files_are_counted_in_the_message(bank_folder: Path, target: Path) -> None:
    for name in ("basics/001-roles.md", "repairs/002-pull.md"):
        rewrite(bank_folder, name, "reviewed: 2026-11-22", "reviewed: soon")
    with pytest.raises(BrokenSourceError, match=r"And 1 more: see ecsquiz bank check"):
        build_bank(bank_folder, target)


def test_a_renamed_topic_is_noticed_in_unchanged_questions(bank_folder: Path, target: Path) -> None:
    build_bank(bank_folder, target)
    rewrite(bank_folder, "bank.toml", 'slug = "images"', 'slug = "pictures"')
    with pytest.raises(BrokenSourceError, match="unknown topic `images`"):
        build_bank(bank_folder, target)


def test_a_new_title_alone_compiles_no_question_again(bank_folder: Path, target: Path) -> None:
    build_bank(bank_folder, target)
    rewrite(bank_folder, "bank.toml", "Small bank", "Little bank")
    assert build_bank(bank_folder, target).compiled == 0
    with Bank.open(target) as bank:
        assert bank.spec.title == "Little bank"


def test_a_bank_compiled_by_other_code_is_compiled_anew(
    bank_folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_bank(bank_folder, target)
    for module in (build, freshness):
        monkeypatch.setattr(module, "recipe", lambda: "other code")
    assert not is_fresh(bank_folder, target)
    assert build_bank(bank_folder, target).compiled == 2


def test_a_damaged_old_bank_is_replaced(bank_folder: Path, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"not a database")
    assert build_bank(bank_folder, target).compiled == 2


def test_a_bank_is_fresh_until_something_changes(bank_folder: Path, target: Path) -> None:
    assert not is_fresh(bank_folder, target)
    build_bank(bank_folder, target)
    assert is_fresh(bank_folder, target)
    (bank_folder / "glossary.yml").write_text("- term: cluster\n")
    assert not is_fresh(bank_folder, target)


def test_the_same_content_gives_the_same_fingerprint(bank_folder: Path, target: Path, tmp_path: Path) -> None:
    build_bank(bank_folder, target)
    (bank_folder / "basics" / "001-roles.md").touch()
    build_bank(bank_folder, tmp_path / "again.sqlite")
    with Bank.open(target) as first, Bank.open(tmp_path / "again.sqlite") as second:
        assert first.fingerprint == second.fingerprint


def test_a_folder_without_questions_is_an_error(bank_folder: Path, target: Path) -> None:
    for path in bank_folder.rglob("*.md"):
        path.unlink()
    with pytest.raises(UserError, match="there are no questions here"):
        build_bank(bank_folder, target)


def test_progress_reaches_the_number_of_files(bank_folder: Path, target: Path) -> None:
    seen: list[tuple[int, int]] = []
    build_bank(bank_folder, target, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)


def test_an_unreadable_question_file_is_named(bank_folder: Path, target: Path) -> None:
    (bank_folder / "basics" / "003-gone.md").symlink_to(bank_folder / "nowhere.md")
    with pytest.raises(UserError, match=r"003-gone\.md: this cannot be read"):
        build_bank(bank_folder, target)


def test_readers_of_the_old_bank_are_not_disturbed(bank_folder: Path, target: Path) -> None:
    build_bank(bank_folder, target)
    with Bank.open(target) as bank:
        rewrite(bank_folder, "basics/001-roles.md", "What does", "What will")
        build_bank(bank_folder, target)
        assert bank.question(1).prompt.startswith("What does")


def test_the_compiled_file_is_a_sound_database(bank_folder: Path, target: Path) -> None:
    build_bank(bank_folder, target)
    with sqlite3.connect(target) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
