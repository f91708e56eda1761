"""Reading a compiled bank."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.bank import locate, payload
from quiz.bank.locate import compiled_path, open_bank, source_folder
from quiz.bank.store import Bank
from quiz.bank.summary import summarise
from quiz.errors import UserError
from quiz.items.derive import derive_items
from quiz.items.item import Kind
from quiz.source.folder import read_spec
from quiz.source.reader import read_bytes


def test_questions_come_back_as_they_were_read(bank: Bank, bank_folder: Path) -> None:
    for question in bank.questions():
        assert read_bytes((bank_folder / question.path).read_bytes(), question.path).question == question


def test_items_come_back_as_they_were_derived(bank: Bank) -> None:
    assert bank.items() == [item for question in bank.questions() for item in derive_items(question)]


def test_the_spec_comes_back_as_it_was_read(bank: Bank, bank_folder: Path) -> None:
    assert bank.spec == read_spec(bank_folder)


def test_numbers_are_filtered_by_level_and_topic(bank: Bank) -> None:
    assert bank.numbers() == [1, 2]
    assert bank.numbers(level="repairs") == [2]
    assert bank.numbers(topic="images") == [2]
    assert bank.numbers(level="basics", topic="images") == []


def test_items_are_filtered_by_level_topic_kind_and_question(bank: Bank) -> None:
    assert {item.question for item in bank.items(level="repairs")} == {2}
    assert {item.question for item in bank.items(topic="images")} == {2}
    assert {item.kind for item in bank.items(kind=Kind.RECALL)} == {Kind.RECALL}
    assert [item.id for item in bank.items(kind=Kind.RECALL, question=2)] == ["2/recall/answer"]


def test_an_item_is_found_by_its_id(bank: Bank) -> None:
    item = bank.item("1/recall/answer")
    assert item is not None
    assert item.question == 1
    assert bank.item("1/recall/nothing") is None


def test_unknown_names_suggest_the_nearest(bank: Bank) -> None:
    with pytest.raises(UserError, match=r"there is no topic `image`\. Try images\."):
        bank.numbers(topic="image")
    with pytest.raises(UserError, match=r"there is no level `zzz`\. Try basics, repairs\."):
        bank.items(level="zzz")
    with pytest.raises(UserError, match="there is no question 99 in this bank"):
        bank.question(99)


def test_opening_what_is_no_bank_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no bank here"):
        Bank.open(tmp_path / "missing.sqlite")
    (tmp_path / "text.sqlite").write_text("hello " * 200)
    with pytest.raises(UserError, match="this is not a compiled bank"):
        Bank.open(tmp_path / "text.sqlite")


def test_a_bank_cannot_be_written_through(bank: Bank) -> None:
    with pytest.raises(Exception, match="readonly"):
        bank.rows("DELETE FROM question RETURNING number")


def test_a_payload_without_review_date_comes_back() -> None:
    question = read_bytes(b"---\nnumber: 1\nlevel: a\n---\n# Why?\n\n## Answer\nSo.\n", "a.md").question
    assert question is not None
    assert payload.load_question(payload.dump(question)) == question


def test_the_summary_counts_everything(bank: Bank) -> None:
    summary = summarise(bank)
    assert (summary.questions, summary.key_points, summary.mistakes, summary.terms) == (2, 7, 4, 6)
    assert summary.items == sum(summary.kinds.values()) == len(bank.items())
    assert summary.levels == {"basics": 1, "repairs": 1}
    assert summary.topics == {"roles": 2, "images": 1}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_folder_is_compiled_on_first_use_and_after_changes(bank_folder: Path, cache: Path) -> None:
    with open_bank(bank_folder) as opened:
        assert opened.numbers() == [1, 2]
        assert opened.path.is_relative_to(cache)
    (bank_folder / "repairs" / "002-pull.md").unlink()
    with open_bank(bank_folder) as opened:
        assert opened.numbers() == [1]


def test_a_compiled_file_is_opened_as_it_is(bank: Bank) -> None:
    with open_bank(bank.path) as opened:
        assert opened.path == bank.path


def test_two_folders_have_two_compiled_banks(tmp_path: Path, cache: Path) -> None:
    assert compiled_path(tmp_path / "a") != compiled_path(tmp_path / "b")


def test_a_place_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no such folder or file"):
        open_bank(tmp_path / "nowhere")


def test_without_a_place_the_checkout_is_meant() -> None:
    folder = source_folder()
    assert folder is not None
    assert (folder / "bank.toml").is_file()


def test_without_a_checkout_the_bank_of_the_wheel_is_meant(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locate, "_PACKAGE", tmp_path / "site-packages" / "quiz")
    monkeypatch.setattr(locate, "BUNDLED", bank.path)
    with open_bank() as opened:
        assert opened.numbers() == [1, 2]
