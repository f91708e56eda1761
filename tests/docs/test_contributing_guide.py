"""What CONTRIBUTING shows to those who write questions is true."""

from __future__ import annotations

import shutil
from pathlib import Path

from quiz.items.lint import check_folder
from quiz.source import markdown
from tests.conftest import CHECKOUT, CONTENT


def test_the_example_question_passes_the_check(tmp_path: Path) -> None:
    guide = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (example,) = [fence for fence in markdown.fences(guide) if fence.language == "markdown"]
    shutil.copytree(CONTENT, tmp_path / "content")
    path = tmp_path / "content" / "fundamentals" / "901-essential-container.md"
    path.write_text(example.text, encoding="utf-8")
    name = path.relative_to(tmp_path / "content").as_posix()
    checked = check_folder(tmp_path / "content")
    assert [str(finding) for finding in checked.findings if finding.path == name] == []
