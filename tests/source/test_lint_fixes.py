"""`bank check --fix` mends what is mechanical, and nothing else."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quiz.source.lint.fixes import fix_folder, fixed
from quiz.source.lint.rules import check_folder
from quiz.source.question import Finding, Fix
from tests.conftest import PULL, ROLES

ROLES_FILE = "basics/001-roles.md"


def mended(folder: Path, old: str, new: str) -> str:
    """The file after a fault was put in and mended."""
    path = folder / ROLES_FILE
    assert old in ROLES
    path.write_text(ROLES.replace(old, new), encoding="utf-8")
    assert fix_folder(folder, check_folder(folder).findings) == 1
    assert check_folder(folder).findings == ()
    return path.read_text(encoding="utf-8")


def test_a_link_follows_the_file_that_kept_its_number(bank_folder: Path) -> None:
    assert mended(bank_folder, "../repairs/002-pull.md", "../repairs/002-pulling.md") == ROLES


def test_a_word_that_stands_twice_is_taken_out(bank_folder: Path) -> None:
    assert mended(bank_folder, "by ECS\nitself", "by by ECS\nitself") == ROLES


def test_a_misspelling_with_one_remedy_is_written_right(bank_folder: Path) -> None:
    assert mended(bank_folder, "the agent |", "the agent that recieves it |").count("receives") == 1


def test_damaged_encoding_is_repaired(bank_folder: Path) -> None:
    text = mended(bank_folder, "It can; the code then", "It\u00e2\u20ac\u2122s so; the code then")
    assert "It\u2019s so; the code then" in text


def test_several_faults_in_one_line_are_mended_together(bank_folder: Path) -> None:
    text = mended(bank_folder, "the agent |", "the the agent that recieves it |")
    assert "| the agent that receives it |" in text


def test_what_only_a_person_can_mend_stays(bank_folder: Path) -> None:
    path = bank_folder / ROLES_FILE
    broken = ROLES.replace("../repairs/002-pull.md", "../repairs/pulling.md")
    path.write_text(broken)
    findings = check_folder(bank_folder).findings
    assert [finding.code for finding in findings] == ["L001"]
    assert fix_folder(bank_folder, findings) == 0
    assert path.read_text() == broken


def test_line_ends_and_other_files_stay_as_they_are(bank_folder: Path) -> None:
    path = bank_folder / ROLES_FILE
    path.write_bytes(ROLES.replace("the agent |", "the the agent |").replace("\n", "\r\n").encode())
    fix_folder(bank_folder, check_folder(bank_folder).findings)
    assert path.read_bytes() == ROLES.replace("\n", "\r\n").encode()
    assert (bank_folder / "repairs/002-pull.md").read_text() == PULL
    assert {file.name for file in path.parent.iterdir()} == {"001-roles.md"}


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["", "x", "yy"])), max_size=6)
)
def test_overlapping_fixes_never_reach_outside_their_places(places: list[tuple[int, int, str]]) -> None:
    row = "abcdefghijklmnopqrst"
    findings = [
        Finding("a.md", 1, "W001", "", Fix(min(one, other), max(one, other), text.upper()))
        for one, other, text in places
    ]
    after = fixed(row, findings)
    outside = [
        letter
        for index, letter in enumerate(row)
        if not any(finding.fix and finding.fix.start <= index < finding.fix.end for finding in findings)
    ]
    remaining = iter(after)
    assert all(letter in remaining for letter in outside)
