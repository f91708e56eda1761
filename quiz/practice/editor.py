"""Writing an answer in the learner's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from quiz.errors import UserError

SCISSORS = "------------------------ >8 ------------------------"
_BELOW = "Write your answer above this line. What is below it does not count."
_DEFAULT = "notepad" if os.name == "nt" else "vi"


def write_answer(stem: str, environment: Mapping[str, str]) -> str:
    """What the learner wrote above the line, in `$VISUAL` or `$EDITOR`.

    Raises UserError where the editor cannot be started or says that it failed.
    """
    editor = environment.get("VISUAL") or environment.get("EDITOR") or _DEFAULT
    with tempfile.TemporaryDirectory(prefix="ecsquiz-") as folder:
        path = Path(folder) / "answer.md"
        path.write_text(f"\n\n{SCISSORS}\n{_BELOW}\n\n{stem}\n", encoding="utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)
            text = path.read_text(encoding="utf-8")
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise UserError(
                f"the editor `{editor}` did not work.",
                "Set EDITOR to one that does, or type the answer here.",
            ) from error
    return text.split(SCISSORS)[0].strip()
