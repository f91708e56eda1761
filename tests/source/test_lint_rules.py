"""What `bank check` demands beyond the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.source.lint.rules import check_folder

ROLES = "basics/001-roles.md"
PULL = "repairs/002-pull.md"
TWO_POINTS = """\
- The subnet needs a **route** to the registry
- The **execution role** must be allowed to pull
"""


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))


def codes(folder: Path, labs: frozenset[str] | None = None) -> list[tuple[str, int, str]]:
    return [(finding.path, finding.line, finding.code) for finding in check_folder(folder, labs).findings]


def test_a_clean_bank_has_no_findings(bank_folder: Path) -> None:
    checked = check_folder(bank_folder)
    assert (checked.findings, checked.files) == ((), 2)


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "code"),
    [
        (ROLES, "level: basics", "level: basic", 1, "S001"),
        (ROLES, "topics: [roles]", "topics: [role]", 1, "S002"),
        (ROLES, "topics: [roles]", "topics: [roles, roles]", 1, "S002"),
        (PULL, "number: 2", "number: 1", 1, "S003"),
        (ROLES, "## Short answer", "## Answer", 1, "S010"),
        (ROLES, "## Key points", "## Points", 1, "S010"),
        (ROLES, "## Common mistakes", "## Mistakes", 1, "S010"),
        (ROLES, "topics: [roles]", "topics: []", 1, "S010"),
        (ROLES, "reviewed: 2026-11-22\n", "", 1, "S010"),
        (ROLES, "../repairs/002-pull.md", "../repairs/003-pull.md", 34, "L001"),
        (PULL, TWO_POINTS, "", 25, "K001"),
        (ROLES, "reads secrets before", "reads **secret versions** before", 26, "K002"),
    ],
)
def test_each_rule_names_file_and_line(
    bank_folder: Path, name: str, old: str, new: str, line: int, code: str
) -> None:
    edit(bank_folder, name, old, new)
    assert (name, line, code) in codes(bank_folder)


def test_a_link_inside_a_fence_is_no_link(bank_folder: Path) -> None:
    edit(bank_folder, PULL, "aws ecs describe-tasks", "# see [this](nowhere.md)\naws ecs describe-tasks")
    assert codes(bank_folder) == []


def test_a_key_term_may_occur_under_another_name(bank_folder: Path) -> None:
    edit(bank_folder, ROLES, "The **task role** gives", "The **application role** gives")
    assert codes(bank_folder) == []


def test_a_lab_must_exist_where_the_labs_are_known(bank_folder: Path) -> None:
    edit(bank_folder, PULL, "level: repairs", "level: repairs\nlab: broken-pull")
    assert codes(bank_folder) == []
    assert codes(bank_folder, frozenset({"broken-pull"})) == []
    assert codes(bank_folder, frozenset({"other"})) == [(PULL, 1, "L002")]


def test_format_errors_are_among_the_findings(bank_folder: Path) -> None:
    (bank_folder / "basics" / "003-x.md").write_bytes(b"\xff")
    assert codes(bank_folder) == [("basics/003-x.md", 1, "F000")]


def test_an_unknown_topic_suggests_the_nearest(bank_folder: Path) -> None:
    edit(bank_folder, ROLES, "topics: [roles]", "topics: [rolls]")
    (finding,) = check_folder(bank_folder).findings
    assert finding.message == "unknown topic `rolls`; did you mean `roles`?"
