"""How long a user waits before anything happens."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Measurement, alternate, process

ECSQUIZ = [sys.executable, "-m", "quiz"]
OURS = "from quiz.cli.app import main; main()"
SMALLEST = """
import typer
app = typer.Typer(rich_markup_mode=None)
app.command("practice")(lambda: None)
app.command("other")(lambda: None)
app(prog_name="ecsquiz")
"""


def measure(rounds: int = 15) -> Iterator[Measurement]:
    typer = process([sys.executable, "-c", "import typer"])
    floor, help_text = alternate(rounds, typer, process([*ECSQUIZ, "--help"]))
    yield Measurement("`ecsquiz --help`", help_text, "import Typer", floor, 1.5)
    # Typer imports pydantic whenever it completes anything, so importing Typer alone is no floor here.
    floor, completion = alternate(rounds, lambda: _complete(SMALLEST), lambda: _complete(OURS))
    yield Measurement("completing a command", completion, "a Typer app of two commands", floor, 1.5)
    libraries = process([sys.executable, "-c", "import sqlmodel, rich, rapidfuzz"])
    with tempfile.TemporaryDirectory() as home:
        _first_prompt(Path(home))  # compiles the bank and makes the database, once
        floor, prompt = alternate(rounds, libraries, lambda: _first_prompt(Path(home)))
    yield Measurement("first prompt of `practice`", prompt, "import SQLModel, rich and rapidfuzz", floor, 1.3)


def _complete(program: str) -> None:
    asked = {"_ECSQUIZ_COMPLETE": "complete_bash", "COMP_WORDS": "ecsquiz pra", "COMP_CWORD": "1"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    if "practice" not in done.stdout:
        raise RuntimeError(f"completion offered {done.stdout!r} {done.stderr!r}")


def _first_prompt(home: Path) -> None:
    """Start a drill and wait until it asks for the first answer."""
    homes = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CACHE", "CONFIG")}
    with subprocess.Popen(
        [*ECSQUIZ, "practice", "--kind", "recall"],
        env={**os.environ, **homes, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as drill:
        assert drill.stdout is not None
        seen = b""
        while b"> " not in seen:
            more = os.read(drill.stdout.fileno(), 4096)
            if not more:
                raise RuntimeError(f"the drill ended before it asked: {seen!r}")
            seen += more
        drill.kill()
