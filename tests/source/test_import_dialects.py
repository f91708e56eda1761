"""A document in two dialects, damaged by Windows-1254, becomes question files and loses no line."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from quiz.source import markdown
from quiz.source.encoding import repair
from quiz.source.folder import question_files, read_spec
from quiz.source.importing.importer import import_document
from quiz.source.importing.report import Report
from quiz.source.question import Question
from quiz.source.reader import read_question

CLEAN = (Path(__file__).parent / "documents" / "two_dialects.md").read_text(encoding="utf-8")
REAL = Path(__file__).parents[2].parent / "shared" / "source" / "000_0b40b33318aa2b71.txt"


def damage(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1254", errors="ignore") for byte in text.encode())


@pytest.fixture(name="imported")
def _imported(tmp_path: Path) -> tuple[Report, Path]:
    document = tmp_path / "harbour.txt"
    document.write_text(damage(CLEAN), encoding="utf-8")
    return import_document(document, tmp_path / "bank"), tmp_path / "bank"


def texts(bank: Path) -> dict[str, str]:
    return {name: (bank / name).read_text(encoding="utf-8") for name in question_files(bank)}


def questions(bank: Path) -> dict[int, Question]:
    found = {}
    for name, text in texts(bank).items():
        reading = read_question(text, name)
        assert reading.findings == ()
        assert reading.question
        found[reading.question.number] = reading.question
    return found


# Accounting: nothing is lost, nothing is invented. Written without a look at how the importer works.


def bare(line: str) -> str:
    """What a line says, whatever its marks: no emoji, no bold, no heading marks, no question number."""
    line = re.sub(r"[#*\s]|[^\x00-\x7f]", "", line.replace("🔟", "10"))
    return re.sub(r"^(?:Q\d+:|(\d+)[.)])", r"\1", line)


def rows(text: str) -> list[tuple[str, bool]]:
    """Each line, and whether it is code."""
    found, fence = [], False
    for line in text.split("\n"):
        mark = line.strip().startswith("```")
        found.append((line, fence or mark))
        fence ^= mark
    return found


def assert_accounted(source: str, report: Report, files: dict[str, str]) -> None:
    """Each line that is not blank is in a file or in the report, and the files hold nothing else."""
    written = Counter(
        line if code else bare(line)
        for text in files.values()
        for line, code in rows(text.split("\n---\n", 1)[1])
        if line.strip()
    )
    named = (
        {left.line for left in report.left} | set(report.rules) | set(report.markup) | set(report.headings)
    )
    renamed = {note.line for note in report.notes if note.kind in ("moved", "renamed")}
    for number, (line, code) in enumerate(rows(source), 1):
        said = line if code else bare(line)
        if not said.strip() or number in named:
            continue
        if written[said]:
            written[said] -= 1
        else:
            assert number in renamed, f"line {number} is lost: {line!r}"
            assert written[bare("Short answer")], line
            written[bare("Short answer")] -= 1
    assert +written == Counter()


def assert_code_and_tables_are_whole(source: str, files: dict[str, str]) -> None:
    def fences(text: str) -> list[tuple[str, str]]:
        return [(fence.info, fence.text) for fence in markdown.fences(text)]

    assert Counter(fences(source)) == Counter(fence for text in files.values() for fence in fences(text))
    tables = [line for line, code in rows(source) if not code and line.startswith("|")]
    found = [
        line for text in files.values() for line, code in rows(text) if not code and line.startswith("|")
    ]
    assert sorted(tables) == sorted(found)


def test_every_line_is_in_a_file_or_in_the_report(imported: tuple[Report, Path]) -> None:
    report, bank = imported
    assert_accounted(CLEAN, report, texts(bank))
    assert report.left == ()


def test_code_blocks_and_tables_are_kept_to_the_letter(imported: tuple[Report, Path]) -> None:
    assert_code_and_tables_are_whole(CLEAN, texts(imported[1]))


def test_the_damage_is_repaired_and_counted(imported: tuple[Report, Path]) -> None:
    report, bank = imported
    assert not re.search("[âðğï]", "".join(texts(bank).values()))
    assert report.code_pages == ("Windows-1254",)
    assert {fix.after for fix in report.repairs if fix.lost} == {"\ufe0f", "❌", "┐", "”", "←"}
    assert report.doubts == ()


def test_questions_before_the_first_level_heading_are_fundamentals(imported: tuple[Report, Path]) -> None:
    report, bank = imported
    assert report.levels == {"fundamentals": 3, "intermediate": 1, "troubleshooting": 2}
    assert {number: question.level for number, question in questions(bank).items()} == {
        1: "fundamentals",
        2: "fundamentals",
        3: "fundamentals",
        61: "intermediate",
        101: "troubleshooting",
        102: "troubleshooting",
    }


def test_the_outline_becomes_bank_toml(imported: tuple[Report, Path]) -> None:
    report, bank = imported
    spec = read_spec(bank)
    assert spec.title == "Harbour (Container Basics)"
    assert [(level.slug, level.title) for level in spec.levels] == [
        ("fundamentals", "Fundamentals"),
        ("intermediate", "Intermediate"),
        ("troubleshooting", "Troubleshooting / Scenarios"),
    ]
    assert list(report.headings.values()) == [
        "level `intermediate`",
        "level `troubleshooting`",
        "the bank's title",
    ]


def test_files_are_named_by_level_number_and_prompt(imported: tuple[Report, Path]) -> None:
    names = question_files(imported[1])
    assert names[-1] == "troubleshooting/102-the-tide-is-late-why.md"
    assert "fundamentals/001-what-is-a-harbour-and-how-does-it-differ-from-a-ship.md" in names


def test_sections_of_both_dialects_become_plain_ones_with_the_short_answer_first(
    imported: tuple[Report, Path],
) -> None:
    found = questions(imported[1])
    assert [section.title for section in found[1].sections] == [
        "Overview",
        "Purpose / How it works",
        "Key Differences",
        "Drawing",
        "Opening a harbour (CLI)",
        "Best Practices",
    ]
    assert found[1].short_answer == "**Harbour** = berths on demand.  \n**Ship** = a machine of your own."
    assert [section.title for section in found[3].sections] == [
        "Overview",
        "Purpose / How it Works",
        "Signals Table",
        "Best Practices",
    ]
    assert found[3].short_answer == "**The pilot knows the water.**\nAsk for one."
    first = texts(imported[1])["fundamentals/003-what-does-the-pilot-do.md"].split("\n## ")[1]
    assert first.startswith("Short answer\n")


def test_steps_of_every_form_become_numbered_headings(imported: tuple[Report, Path]) -> None:
    files = "\n".join(texts(imported[1]).values())
    assert re.findall(r"^#{3,} .*$", re.sub(r"(?s)```.*?```", "", files), re.MULTILINE) == [
        "### 1. Check the wind",
        "### 2. Check the tide",
        "### 1. Is the rope there & dry?",
        "### 2. Who holds the `shed` key?",
        "#### If it is lost:",
        "### 3. Look into the log in the office.",
        "### 1. Read the clock",
        "### 2. Set the clock",
        "### 10. Tell the harbour master",
    ]


def test_prompts_lose_their_bold(imported: tuple[Report, Path]) -> None:
    found = questions(imported[1])
    assert found[101].prompt == 'A crane keeps failing with "RopeNotFound". What would you check?'
    assert found[102].prompt == "The tide is late — why?"


def test_nothing_is_invented_that_is_graded(imported: tuple[Report, Path]) -> None:
    for question in questions(imported[1]).values():
        assert (question.key_points, question.mistakes, question.sources, question.topics) == ((), (), (), ())


def test_rules_are_dropped_and_counted(imported: tuple[Report, Path]) -> None:
    report, bank = imported
    rules = [n for n, (line, code) in enumerate(rows(CLEAN), 1) if not code and re.match(r"-{3,} *$", line)]
    assert list(report.rules) == rules
    assert "kind: Pier\n---\nkind: Quay" in "".join(texts(bank).values())


def test_the_same_document_sound_gives_the_same_files(imported: tuple[Report, Path], tmp_path: Path) -> None:
    sound = tmp_path / "sound.txt"
    sound.write_text(CLEAN, encoding="utf-8")
    report = import_document(sound, tmp_path / "other")
    assert texts(tmp_path / "other") == texts(imported[1])
    assert report.repairs == ()


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(
    imported: tuple[Report, Path], tmp_path: Path
) -> None:
    document = tmp_path / "windows.txt"
    document.write_bytes(("\ufeff" + CLEAN.replace("\n", "\r\n")).encode())
    import_document(document, tmp_path / "other")
    assert texts(tmp_path / "other") == texts(imported[1])


def test_a_second_import_changes_nothing_not_even_the_times(
    imported: tuple[Report, Path], tmp_path: Path
) -> None:
    bank = imported[1]
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in bank.rglob("*") if path.is_file()
    }
    report = import_document(tmp_path / "harbour.txt", bank)
    assert {file.status.value for file in report.files} == {"unchanged"}
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in bank.rglob("*") if path.is_file()}
    assert after == before


# The real document, where it is at hand

needs_real_document = pytest.mark.skipif(not REAL.exists(), reason=f"the source document is not at {REAL}")


@pytest.fixture(name="real", scope="module")
def _real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    bank = tmp_path_factory.mktemp("real") / "bank"
    return import_document(REAL, bank), bank


@needs_real_document
def test_the_real_document_gives_all_its_questions(real: tuple[Report, Path]) -> None:
    report, bank = real
    assert report.levels == {"fundamentals": 20, "intermediate": 40, "troubleshooting": 50}
    assert sorted(questions(bank)) == [*range(1, 21), *range(61, 151)]
    assert all(question.short_answer for question in questions(bank).values())


@needs_real_document
def test_the_real_document_loses_no_line(real: tuple[Report, Path]) -> None:
    report, bank = real
    source = repair(REAL.read_text(encoding="utf-8")).text
    assert_accounted(source, report, texts(bank))
    assert report.left == ()


@needs_real_document
def test_the_real_document_keeps_its_code_and_tables(real: tuple[Report, Path]) -> None:
    source = repair(REAL.read_text(encoding="utf-8")).text
    assert len(markdown.fences(source)) == 240
    assert_code_and_tables_are_whole(source, texts(real[1]))


@needs_real_document
def test_the_real_document_holds_no_damage_any_more(real: tuple[Report, Path]) -> None:
    report, bank = real
    assert report.doubts == ()
    text = "".join(texts(bank).values())
    assert {char for char in text if char > "\x7f" and char.isalpha()} == set()
    assert repair(text).text == text
