"""Pages kept fresh while questions are edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.errors import UserError
from quiz.site import watching
from quiz.site.project import Project
from quiz.site.watching import keep_fresh


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(watching, "PAUSE", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def between_looks(*edits: Callable[[], object]) -> Callable[[], bool]:
    """Makes one edit before each further look, and ends when none is left."""

    def steps() -> Iterator[bool]:
        yield True
        for edit in edits:
            edit()
            yield True
        yield False

    looks = steps()
    return lambda: next(looks)


def test_a_changed_question_gets_its_page_anew(bank_folder: Path, tmp_path: Path) -> None:
    question = bank_folder / "basics" / "001-roles.md"
    project = Project(tmp_path / "project")

    def edit() -> None:
        question.write_text(question.read_text().replace("# What does", "# Tell me: what does"))

    keep_fresh(bank_folder, project, running=between_looks(edit))
    assert "# Tell me&#58; what does" in (project.docs / "questions" / "1.md").read_text()


def test_a_question_broken_meanwhile_is_told_once_and_its_page_stays(
    bank_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = bank_folder / "basics" / "001-roles.md"
    project = Project(tmp_path / "project")
    whole = question.read_text()
    pages: list[str] = []

    def look() -> None:
        pages.append((project.docs / "questions" / "1.md").read_text())

    keep_fresh(
        bank_folder,
        project,
        running=between_looks(
            look, lambda: question.write_text("broken"), look, look, lambda: question.write_text(whole), look
        ),
    )
    assert len(set(pages)) == 1
    assert capsys.readouterr().err.count("001-roles.md:1:") == 1


def test_a_bank_that_is_broken_from_the_start_is_an_error(bank_folder: Path, tmp_path: Path) -> None:
    (bank_folder / "basics" / "001-roles.md").write_text("broken")
    with pytest.raises(UserError, match=r"001-roles.md"):
        keep_fresh(bank_folder, Project(tmp_path / "project"), once=True)
