"""`ecsquiz site build` as a user runs it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from html import unescape
from pathlib import Path

import pytest

from quiz.errors import UserError
from quiz.site import builders, project
from quiz.site.builders import Builder
from quiz.site.project import CHECKOUT, Project, bring_up_to_date, open_project
from tests.conftest import Run


@pytest.mark.parametrize("builder", list(Builder))
def test_the_site_is_put_where_it_is_asked_for(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path, builder: Builder
) -> None:
    out = tmp_path / "public"
    done = ecsquiz("site", "build", "--bank", str(bank_folder), "--out", str(out), "--builder", builder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"The site is in {out}"
    assert "What does a task role do" in (out / "questions" / "1" / "index.html").read_text()


@pytest.mark.parametrize("builder", list(Builder))
@pytest.mark.parametrize(
    ("title", "shown"), [("Wine & <cheese>: a bank", "Wine & ‹cheese›: a bank"), ("2026", "")]
)
def test_another_bank_gives_its_site_its_name(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path, builder: Builder, title: str, shown: str
) -> None:
    settings = bank_folder / "bank.toml"
    settings.write_text(settings.read_text().replace("Small bank", title))
    out = tmp_path / "public"
    done = ecsquiz("site", "build", "--bank", str(bank_folder), "--out", str(out), "--builder", builder)
    assert done.returncode == 0, done.stderr
    home = unescape((out / "index.html").read_text())
    assert f"- {shown or 'ecsquiz'}</title>" in home or f"<title>{shown or 'ecsquiz'}</title>" in home
    assert "Amazon ECS" not in home


@pytest.mark.parametrize("builder", list(Builder))
def test_a_wrong_address_below_a_folder_shows_a_page_with_its_styles(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path, builder: Builder
) -> None:
    out = tmp_path / "public"
    arguments = ("--out", str(out), "--builder", builder, "--url", "https://ann.example/ecs/")
    done = ecsquiz("site", "build", "--bank", str(bank_folder), *arguments)
    assert done.returncode == 0, done.stderr
    assert 'src="/ecs/assets/javascripts/bundle' in (out / "404.html").read_text()


def test_an_address_that_is_none_is_refused(ecsquiz: Run, bank_folder: Path, tmp_path: Path) -> None:
    done = ecsquiz(
        "site", "build", "--bank", str(bank_folder), "--out", str(tmp_path / "o"), "--url", "a.example"
    )
    assert done.returncode == 1
    assert "is no address" in done.stderr


def test_build_counts_pages_for_machines_and_writes_only_changes(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    arguments = ("site", "build", "--bank", str(bank_folder), "--out", str(tmp_path / "public"), "--json")
    first = json.loads(ecsquiz(*arguments).stdout)
    assert first["written"] == first["pages"] > 10
    again = json.loads(ecsquiz(*arguments).stdout)
    assert (again["pages"], again["written"]) == (first["pages"], 0)


def test_the_checkout_stays_clean_when_another_bank_is_built(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    def listing() -> list[str]:
        command = ["git", "status", "--porcelain", "docs", "mkdocs.yml"]
        return subprocess.run(
            command, cwd=CHECKOUT, capture_output=True, text=True, check=True
        ).stdout.split()

    before = listing()
    ecsquiz("site", "build", "--bank", str(bank_folder), "--out", str(tmp_path / "public"))
    assert listing() == before


def test_a_folder_with_something_else_is_not_replaced(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    done = ecsquiz("site", "build", "--bank", str(bank_folder), "--out", str(tmp_path / "mine"))
    assert done.returncode == 1
    assert "this folder holds something else than a site" in done.stderr
    assert (tmp_path / "mine" / "thesis.txt").exists()


def test_a_broken_question_stops_the_build_before_rendering(ecsquiz: Run, bank_folder: Path) -> None:
    (bank_folder / "basics" / "003-x.md").write_text("no front matter\n")
    done = ecsquiz("site", "build", "--bank", str(bank_folder))
    assert done.returncode == 1
    assert "003-x.md:1:" in done.stderr


def test_a_project_of_ones_own_gives_the_site_another_look(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    mine = Project(tmp_path / "mine")
    bring_up_to_date(Project(CHECKOUT), mine)
    settings = mine.settings.read_text().replace(
        "site_name: !ENV [ECSQUIZ_SITE_NAME, ecsquiz]", "site_name: Our class"
    )
    mine.settings.write_text(settings)
    out = tmp_path / "public"
    done = ecsquiz(
        "site", "build", "--bank", str(bank_folder), "--project", str(mine.folder), "--out", str(out)
    )
    assert done.returncode == 0, done.stderr
    assert "Our class" in (out / "index.html").read_text()
    assert (mine.docs / "questions" / "1.md").is_file()


def test_a_project_without_settings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"has mkdocs.yml and docs"):
        open_project(None, tmp_path)


def test_pages_that_the_project_dropped_go_from_its_copy(tmp_path: Path) -> None:
    original, copy = Project(tmp_path / "original"), Project(tmp_path / "copy")
    original.docs.mkdir(parents=True)
    original.settings.write_text("site_name: x\n")
    for name in ("index.md", "old.md"):
        (original.docs / name).write_text("text")
    bring_up_to_date(original, copy)
    (copy.docs / "questions").mkdir()
    (copy.docs / "questions" / "1.md").write_text("generated")
    (original.docs / "old.md").unlink()
    bring_up_to_date(original, copy)
    assert sorted(path.name for path in copy.docs.rglob("*.md")) == ["1.md", "index.md"]


@pytest.mark.parametrize("builder", list(Builder))
def test_a_dead_link_in_a_page_by_hand_is_named(tmp_path: Path, builder: Builder) -> None:
    broken = Project(tmp_path / "project")
    bring_up_to_date(Project(CHECKOUT), broken)
    shutil.rmtree(broken.docs)
    broken.docs.mkdir()
    (broken.docs / "index.md").write_text("# Home\n\n[gone](gone.md)\n")
    broken.settings.write_text("site_name: x\ntheme:\n  name: material\n  font: false\n")
    with pytest.raises(UserError, match=r"(?s)could not build the site: .*(gone\.md|index\.md)"):
        builders.build(builder, broken, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_the_builder_the_remedy_is_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UserError, match=r"pip install 'ecsquiz\[site\]'"):
        builders.build(Builder.ZENSICAL, Project(tmp_path), tmp_path / "out")


def test_serve_shows_a_changed_question_again(bank_folder: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "quiz", "site", "serve", "--port", str(port), "--bank", str(bank_folder)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}/questions/1/"
        assert "What does a task role do" in _eventually(address, "What does a task role do")
        path = bank_folder / "basics" / "001-roles.md"
        path.write_text(path.read_text().replace("# What does a task role do", "# What is a task role for"))
        assert "What is a task role for" in _eventually(address, "What is a task role for")
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)


def _eventually(address: str, words: str) -> str:
    text = ""
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                text = answer.read().decode()
        except OSError:
            text = ""
        if words in text:
            return text
        time.sleep(0.5)
    return text


def test_an_installed_ecsquiz_builds_from_what_travels_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_up_to_date(Project(CHECKOUT), Project(tmp_path / "package" / "project"))
    monkeypatch.setattr(project, "CHECKOUT", tmp_path / "nowhere")
    monkeypatch.setattr(project, "BUNDLED", tmp_path / "package" / "project")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    opened = open_project(None)
    assert opened.folder.is_relative_to(tmp_path / "cache")
    assert (opened.docs / "learners.md").is_file()
    assert (opened.docs / "assets" / "attempt.js").is_file()


def test_an_installation_without_the_pages_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "CHECKOUT", tmp_path)
    monkeypatch.setattr(project, "BUNDLED", tmp_path)
    with pytest.raises(UserError, match=r"Install ecsquiz again"):
        open_project(None)


def test_a_file_is_not_replaced_by_a_site(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("a file")
    with pytest.raises(UserError, match=r"this is a file"):
        builders.build(Builder.MKDOCS, Project(tmp_path), out)
    assert out.read_text() == "a file"
