"""Reading a bank's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.errors import UserError
from quiz.source.folder import question_files, read_spec
from quiz.source.question import Term


def test_the_spec_has_title_levels_topics_and_glossary(bank_folder: Path) -> None:
    spec = read_spec(bank_folder)
    assert spec.title == "Small bank"
    assert [level.slug for level in spec.levels] == ["basics", "repairs"]
    assert [topic.title for topic in spec.topics] == ["Roles", "Images"]
    assert spec.glossary[1].forms == ("task role", "application role")


def test_a_bank_needs_no_glossary(bank_folder: Path) -> None:
    (bank_folder / "glossary.yml").unlink()
    assert read_spec(bank_folder).glossary == ()


def test_an_empty_glossary_is_fine(bank_folder: Path) -> None:
    (bank_folder / "glossary.yml").write_text("")
    assert read_spec(bank_folder).glossary == ()


def test_a_glossary_entry_knows_its_line(bank_folder: Path) -> None:
    (bank_folder / "glossary.yml").write_text(
        "# names\n\n- term: task\n\n- term: service\n  near_misses: [daemon]\n"
    )
    assert read_spec(bank_folder).glossary == (Term("task", line=3), Term("service", "", (), ("daemon",), 5))


def test_question_files_leave_out_readmes_and_hidden_folders(bank_folder: Path) -> None:
    (bank_folder / "README.md").write_text("# About\n")
    (bank_folder / ".git").mkdir()
    (bank_folder / ".git" / "003-x.md").write_text("# Not a question\n")
    assert question_files(bank_folder) == ["basics/001-roles.md", "repairs/002-pull.md"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("bank.toml", "title =", "bank.toml: this is not valid TOML"),
        ("bank.toml", 'title = ""', "bank.toml: `title` is missing or empty."),
        ("bank.toml", 'title = "a"', "bank.toml: there are no levels."),
        ("bank.toml", 'title = "a"\nlevels = "basics"', "bank.toml: `levels` must be a list of tables."),
        ("bank.toml", 'title = "a"\n[[levels]]\ntitle = "b"', "bank.toml: `slug` is missing or empty."),
        (
            "bank.toml",
            'title = "a"\n[[levels]]\nslug = "b"\n[[levels]]\nslug = "b"',
            "bank.toml: two of the levels have the same slug.",
        ),
        ("glossary.yml", "- term: a\n- term: ]", "glossary.yml:2: this is not valid YAML."),
        ("glossary.yml", "term: a", "glossary.yml: the glossary must be a list of entries."),
        ("glossary.yml", "- term: a\n- name: b", "glossary.yml:2: this entry has no `term`."),
        ("glossary.yml", "- term: a\n  aliases: b", "glossary.yml:1: `aliases` must be a list."),
    ],
)
def test_a_broken_file_is_named_with_its_line(bank_folder: Path, name: str, text: str, message: str) -> None:
    (bank_folder / name).write_text(text)
    with pytest.raises(UserError) as raised:
        read_spec(bank_folder)
    assert message in str(raised.value)


def test_a_folder_without_a_bank_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"there is no bank\.toml here.*ecsquiz import"):
        read_spec(tmp_path)


def test_a_bank_file_that_is_not_utf8_is_reported(bank_folder: Path) -> None:
    (bank_folder / "bank.toml").write_bytes(b'title = "Caf\xe9"')
    with pytest.raises(UserError, match=r"not UTF-8"):
        read_spec(bank_folder)


def test_a_bank_file_that_is_a_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "bank.toml").mkdir()
    with pytest.raises(UserError, match=r"this cannot be read"):
        read_spec(tmp_path)
