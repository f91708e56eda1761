"""How long the site takes, beside MkDocs building the same pages with nothing to generate."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from quiz.site.project import open_project
from tests.benchmarks.measure import Measurement, alternate, process


def measure(rounds: int = 5) -> Iterator[Measurement]:
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
        yield Measurement("`ecsquiz site build`", taken, "MkDocs on the same pages", floor, 1.5)
