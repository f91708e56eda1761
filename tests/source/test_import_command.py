"""`ecsquiz import` in a process of its own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Protocol

import pytest

DOCUMENT = (Path(__file__).parent / "documents" / "two_dialects.md").read_text(encoding="utf-8")
DAMAGED = "".join(bytes([byte]).decode("cp1254", errors="ignore") for byte in DOCUMENT.encode())


class Run(Protocol):
    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(name="document")
def _document(tmp_path: Path) -> str:
    (tmp_path / "ports.txt").write_text(DAMAGED + "\n# Harbour master's notes\n", encoding="utf-8")
    return "ports.txt"


def test_the_report_says_in_a_few_lines_what_came_of_it(ecsquiz: Run, document: str) -> None:
    done = ecsquiz("import", document, "--into", "bank")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "6 questions: 3 fundamentals, 1 intermediate, 2 troubleshooting."
    assert "(Windows-1254); " in lines[1]
    assert lines[1].endswith(" of them had lost bytes.")
    assert lines[2] == "Question files in bank: 6 written, and bank.toml written."
    assert "  line 232: heading without a question below it: # Harbour master's notes" in lines
    again = ecsquiz("import", document, "--into", "bank").stdout.splitlines()
    assert again[2] == "Question files in bank: 6 unchanged."


def test_json_holds_the_whole_report(ecsquiz: Run, document: str) -> None:
    done = ecsquiz("import", document, "--into", "bank", "--dry-run", "--json")
    report = json.loads(done.stdout)
    assert report["questions"] == 6
    assert report["levels"] == {"fundamentals": 3, "intermediate": 1, "troubleshooting": 2}
    assert report["dry_run"] is True
    repairs = report["encoding"]["repairs"]
    assert repairs[0] == {"line": 4, "before": "ğŸ§\xa0", "after": "🧠", "lost": False}
    assert report["encoding"]["characters"] == len(repairs)
    assert report["left_out"][0]["line"] == 232
    assert {file["status"] for file in report["files"]} == {"written"}


def test_a_bank_that_was_imported_can_be_built(ecsquiz: Run, document: str) -> None:
    ecsquiz("import", document, "--into", "bank")
    done = ecsquiz("bank", "info", "--bank", "bank", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["questions"] == 6


def test_damage_that_stays_is_listed_with_its_lines(ecsquiz: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("## Q1: â€™?\nğŸ¯ a\n\nğŸ¯ b \ufffd\n", encoding="utf-8")
    lines = ecsquiz("import", "a.txt", "--into", "bank").stdout.splitlines()
    assert "Damaged, but left as they are:" in lines
    assert "  lines 2, 4: 'ğŸ¯', perhaps 🍯 🎯 🏯 🐯" in lines
    assert "  line 4: '\ufffd', which cannot be told" in lines


def test_many_lines_that_are_left_are_told_together(ecsquiz: Run, tmp_path: Path) -> None:
    intro = "\n".join(f"{number}. " + "words " * 20 for number in range(30))
    (tmp_path / "a.txt").write_text(f"{intro}\n\n## Q1: Why?\nSo.\n", encoding="utf-8")
    lines = ecsquiz("import", "a.txt", "--into", "bank").stdout.splitlines()
    assert [line for line in lines if "text before the questions" in line] == [
        f"  lines 1 to 30: text before the questions: {intro[:70]} ..."
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no questions here\n", "a.txt: no question was found in this document."),
        (b"## Q1: caf\xe9?\n", "a.txt:1: this is not UTF-8"),
        (b"## Q1: a?\n```\n", "a.txt:2: the code block that starts here never ends."),
    ],
)
def test_bad_documents_end_with_one_line_and_exit_code_1(
    ecsquiz: Run, tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    done = ecsquiz("import", "a.txt", "--into", "bank")
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "bank").exists()


def test_without_a_folder_it_is_a_usage_error(ecsquiz: Run, document: str) -> None:
    assert ecsquiz("import", document).returncode == 2
