"""How long the site takes, beside MkDocs building the same pages with nothing to generate."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from quiz.site.project import open_project
from tests.benchmarks.build import texts_of_our_bank, write_bank
from tests.benchmarks.measure import Measurement, alternate, process

MANY = 5_000


def measure(rounds: int = 5) -> Iterator[Measurement]:
    yield _of_our_bank(rounds)
    yield _of_many(MANY)


def _of_our_bank(rounds: int) -> Measurement:
    project = open_project(None)
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "quiz", "site", "build", "--out", str(Path(folder, "ours"))]
        subprocess.run(ours, check=True, capture_output=True)
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
        mkdocs += ["-f", str(project.settings), "-d", str(Path(folder, "theirs"))]

        def build() -> None:
            for name in ("questions", "levels", "topics"):
                for page in (project.docs / name).glob("*.md"):
                    page.unlink()  # nothing may be left to reuse
            process(ours)()

        taken, floor = alternate(rounds, build, process(mkdocs))
        return Measurement("`ecsquiz site build`", taken, "MkDocs on the same pages", floor, 1.5)


def _of_many(count: int) -> Measurement:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "content"), Path(folder, "site")
        write_bank(source, texts_of_our_bank(), count)
        project = open_project(source)
        ours = [sys.executable, "-m", "quiz", "site", "build", "--bank", str(source), "--out", str(out)]
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
        mkdocs += ["-f", str(project.settings), "-d", str(Path(folder, "theirs"))]
        taken, floor = alternate(1, process(ours), process(mkdocs))
        shutil.rmtree(project.folder)
        return Measurement(
            f"the same with {count:,} questions", taken, "MkDocs on the same pages", floor, 1.5
        )
