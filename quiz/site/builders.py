"""The programs that render the pages: MkDocs with Material, or Zensical, its successor."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import yaml

from quiz.errors import UserError
from quiz.site import content_policy
from quiz.site.browser.comments import strip_comments
from quiz.site.browser.modules import name_modules
from quiz.site.offline.installing import make_installable
from quiz.site.offline.worker import write_worker
from quiz.site.pages.frame import page_title
from quiz.site.project import Project

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_COMPLAINT = re.compile(r"\s*(?:WARNING|ERROR|Warning|Error)\s*[-:]\s*(.+)")


class Builder(StrEnum):
    """A program that turns the project's Markdown into HTML."""

    MKDOCS = "mkdocs"
    ZENSICAL = "zensical"


def build(builder: Builder, project: Project, out: Path, url: str = "", name: str = "") -> None:
    """Render the project into `out`, which is replaced. Raises UserError with what the builder said.

    `url` is where the site will be. Its links are relative and do without, but the page that a server
    shows for a wrong address is shown at any address, so that its own need the folder. `name` is what the
    site is called, unless the project's settings say so.
    """
    _need(builder)
    # Zensical writes only inside its project, so both build there and the result moves.
    inside = project.folder / "site"
    if out.resolve() != inside.resolve():
        _check_replaceable(out)
    command = [
        sys.executable,
        "-m",
        builder.value,
        "build",
        "--strict",
        "--clean",
        "-f",
        str(project.settings),
    ]
    done = subprocess.run(
        command,
        env={**_env(name), "ECSQUIZ_SITE_URL": url},
        capture_output=True,
        text=True,
        check=False,
        cwd=project.folder,
    )
    if done.returncode != 0:
        reason = _reason(done.stdout + done.stderr)
        raise UserError(f"{builder} could not build the site: {reason}", f"Look at {project.docs}.")
    strip_comments(inside)
    name_modules(inside)
    content_policy.restrict(inside, styles_within=builder is Builder.ZENSICAL)
    make_installable(inside)
    write_worker(inside)  # last: it takes the digests of all files
    if out.resolve() != inside.resolve():
        if out.exists():
            shutil.rmtree(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(inside, out)


def serve(builder: Builder, project: Project, port: int, name: str = "") -> subprocess.Popen[bytes]:
    """Start the builder's own server on this machine; it renders anew when a page changes."""
    _need(builder)
    address = ["-a", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", builder.value, "serve", *address, "-f", str(project.settings)]
    if builder is Builder.MKDOCS:
        command.append("--dirty")  # a changed question costs its own page, not all of them
    return subprocess.Popen(
        command,
        env=_env(name),
        cwd=project.folder,
    )


def _need(builder: Builder) -> None:
    for package in ("zensical",) if builder is Builder.ZENSICAL else ("mkdocs", "material"):
        if importlib.util.find_spec(package) is None:
            raise UserError(f"building the site needs {builder}.", "Install it: pip install 'ecsquiz[site]'")


def _reason(said: str) -> str:
    """The first complaint among all that a builder said, with its place if the next line tells it."""
    lines = [line for line in _COLOUR.sub("", said).splitlines() if line.strip()] or ["it said nothing"]
    for index, line in enumerate(lines):
        complaint = _COMPLAINT.match(line)
        if complaint:
            place = re.search(r"\[ (.+?) \]", lines[index + 1]) if index + 1 < len(lines) else None
            return complaint[1].strip() + (f" ({place[1]})" if place else "")
    return lines[-1].strip()


def _check_replaceable(out: Path) -> None:
    """Only an earlier site or an empty folder is replaced."""
    if out.is_dir() and any(out.iterdir()) and not (out / "sitemap.xml").exists():
        raise UserError("this folder holds something else than a site.", "Name another with --out.", out)
    if out.exists() and not out.is_dir():
        raise UserError("this is a file.", "Name a folder with --out.", out)


def _env(name: str) -> dict[str, str]:
    # MkDocs's theme advertises its successor on every build.
    known = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    if name and _reads_as_text(page_title(name)):
        known["ECSQUIZ_SITE_NAME"] = page_title(name)
    if name:
        known["ECSQUIZ_SITE_DESCRIPTION"] = f"Questions, drills and exams: {page_title(name)}"
    return known


def _reads_as_text(name: str) -> bool:
    """Whether YAML takes it for a text: settings read what they take from the environment as YAML."""
    resolved = yaml.SafeLoader("").resolve(yaml.ScalarNode, name, (True, False))  # type: ignore[no-untyped-call]
    return bool(resolved == "tag:yaml.org,2002:str")
