"""Into a folder: levels and topics of the bank that is there, and files that somebody has edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.errors import UserError
from quiz.source.folder import question_files, read_spec
from quiz.source.importing.importer import Options, import_document
from quiz.source.importing.report import Status, as_text

BANK = """\
title = "Ours"

[[levels]]
slug = "basics"
title = "Basics"

[[levels]]
slug = "incidents"
title = "Incidents"

[[topics]]
slug = "ropes-knots"
title = "Ropes & knots"
"""
TWO = "# Ports\n\n## Q1: What is a pier?\nA bridge.\n\n## Q2: What is a quay?\nA wall.\n"


@pytest.fixture(name="document")
def _document(tmp_path: Path) -> Path:
    path = tmp_path / "ports-q_a.txt"
    path.write_text(TWO, encoding="utf-8")
    return path


@pytest.fixture(name="bank")
def _bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "bank.toml").write_text(BANK, encoding="utf-8")
    return folder


def statuses(document: Path, bank: Path, options: Options) -> dict[str, str]:
    report = import_document(document, bank, options)
    return {file.path: file.status.value for file in report.files}


def test_a_dry_run_writes_nothing_and_reports_all(document: Path, tmp_path: Path) -> None:
    report = import_document(document, tmp_path / "new", Options(dry_run=True))
    assert not (tmp_path / "new").exists()
    assert [file.path for file in report.files] == [
        "general/001-what-is-a-pier.md",
        "general/002-what-is-a-quay.md",
        "bank.toml",
    ]
    assert "Nothing was written (--dry-run)." in as_text(report)


def test_a_document_without_a_title_names_the_bank_after_its_file(tmp_path: Path) -> None:
    document = tmp_path / "port-q_a.txt"
    document.write_text('## Q1: "Why"?\nSo.\n', encoding="utf-8")
    import_document(document, tmp_path / "new")
    assert read_spec(tmp_path / "new").title == "port q a"


def test_a_title_with_quotes_is_valid_toml(tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text('# The "big" \\ port\x7f 🚢\n\n## Q1: Why?\nSo.\n', encoding="utf-8")
    import_document(document, tmp_path / "new")
    assert read_spec(tmp_path / "new").title == 'The "big" \\ port'


def test_levels_of_the_document_find_those_of_the_bank(bank: Path, tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text(
        "## Q1: What?\nIt.\n## Beginner level\n## Q2: Why?\nSo.\n## Scenarios\n## Q3: How?\nThus.\n",
        encoding="utf-8",
    )
    report = import_document(document, bank)
    assert report.levels == {"basics": 2, "incidents": 1}
    assert (bank / "bank.toml").read_text(encoding="utf-8") == BANK


def test_a_level_that_the_bank_does_not_have_is_an_error_with_its_line(bank: Path, tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text("# Advanced\n\n## Q1: What?\nIt.\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"a\.txt:3: .*`Advanced`.*--level: basics, incidents"):
        import_document(document, bank)
    assert question_files(bank) == []


def test_the_level_may_be_named(document: Path, bank: Path) -> None:
    assert import_document(document, bank, Options(level="incidents")).levels == {"incidents": 2}


def test_a_named_level_that_the_bank_does_not_have_is_an_error(document: Path, bank: Path) -> None:
    with pytest.raises(UserError, match=r"no level `hard`\. It has: basics, incidents"):
        import_document(document, bank, Options(level="hard"))


def test_a_named_level_names_the_only_one_of_a_new_bank(document: Path, tmp_path: Path) -> None:
    import_document(document, tmp_path / "new", Options(level="basics"))
    assert [level.slug for level in read_spec(tmp_path / "new").levels] == ["basics"]


def test_a_named_level_must_be_a_slug(document: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--level my-level"):
        import_document(document, tmp_path / "new", Options(level="My Level"))


def test_a_bank_with_one_level_takes_questions_without_any(document: Path, bank: Path) -> None:
    (bank / "bank.toml").write_text(BANK.split('\n[[levels]]\nslug = "incidents"')[0], encoding="utf-8")
    assert import_document(document, bank).levels == {"basics": 2}


def test_topics_are_those_of_the_bank_and_others_are_reported(bank: Path, tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text(
        "# Ports\n## Ropes & Knots\n### Q1: What?\nIt.\n## Steel\n### Q2: Why?\nSo.\n", encoding="utf-8"
    )
    report = import_document(document, bank, Options(level="basics"))
    texts = [(bank / name).read_text(encoding="utf-8") for name in question_files(bank)]
    assert ["topics: [ropes-knots]" in texts[0], "topics: []" in texts[1]] == [True, True]
    assert [(left.line, left.reason) for left in report.left] == [
        (1, "title, but the bank has its own"),
        (5, "heading, but the bank has no such topic"),
    ]


# Files that are there


def test_an_edited_file_is_kept_and_overwritten_only_on_demand(document: Path, tmp_path: Path) -> None:
    bank = tmp_path / "new"
    import_document(document, bank)
    edited = bank / "general" / "001-what-is-a-pier.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    report = import_document(document, bank)
    kept = report.with_status(Status.KEPT)
    assert [(file.path, file.message) for file in kept] == [
        ("general/001-what-is-a-pier.md", "differs from the document; replace it with --overwrite")
    ]
    assert "Kept as they are:" in as_text(report)
    assert edited.read_text(encoding="utf-8").endswith("More.\n")
    assert statuses(document, bank, Options(overwrite=True)) == {
        "general/001-what-is-a-pier.md": "overwritten",
        "general/002-what-is-a-quay.md": "unchanged",
    }
    assert not edited.read_text(encoding="utf-8").endswith("More.\n")


def test_a_question_that_was_moved_is_found_by_its_number(document: Path, tmp_path: Path) -> None:
    bank = tmp_path / "new"
    import_document(document, bank)
    (bank / "other").mkdir()
    (bank / "general" / "001-what-is-a-pier.md").rename(bank / "other" / "pier.md")
    assert statuses(document, bank, Options()) == {
        "other/pier.md": "unchanged",
        "general/002-what-is-a-quay.md": "unchanged",
    }


def test_a_number_that_another_question_has_is_not_used_twice(document: Path, tmp_path: Path) -> None:
    bank = tmp_path / "new"
    import_document(document, bank)
    other = tmp_path / "other.txt"
    other.write_text("**Q: Why?**\n**A: So.**\n", encoding="utf-8")
    report = import_document(other, bank)
    assert report.files[0].status is Status.KEPT
    assert "has the number 1 already; import with --start-at" in report.files[0].message
    assert statuses(other, bank, Options(start_at=10)) == {"general/010-why.md": "written"}
    assert len(question_files(bank)) == 3


def test_a_file_without_a_number_at_the_same_path_is_kept(document: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / "general" / "001-what-is-a-pier.md"
    path.parent.mkdir(parents=True)
    path.write_text("my own notes\n", encoding="utf-8")
    assert import_document(document, tmp_path / "new").files[0].status is Status.KEPT
    assert path.read_text(encoding="utf-8") == "my own notes\n"


def test_numbers_must_not_run_out(document: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="beyond 999999"):
        import_document(document, tmp_path / "new", Options(start_at=999_999))


def test_no_temporary_file_stays(document: Path, tmp_path: Path) -> None:
    import_document(document, tmp_path / "new")
    names = sorted(path.name for path in (tmp_path / "new").rglob("*") if path.is_file())
    assert names == ["001-what-is-a-pier.md", "002-what-is-a-quay.md", "bank.toml"]


def test_a_file_in_the_way_of_a_folder_is_a_user_error(document: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "general").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match=r"general: this cannot be written"):
        import_document(document, tmp_path / "new")


def test_the_folder_must_not_be_a_file(document: Path) -> None:
    with pytest.raises(UserError, match="this is a file"):
        import_document(document, document)


def test_a_document_inside_the_bank_is_pointed_out(tmp_path: Path) -> None:
    document = tmp_path / "bank" / "all.md"
    document.parent.mkdir()
    document.write_text(TWO, encoding="utf-8")
    report = import_document(document, tmp_path / "bank")
    assert [note.kind for note in report.notes if note.line == 1] == ["document in the bank"]
