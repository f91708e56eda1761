"""The file of a sitting: written whole at every key, read again after any interruption.

It holds what was answered and nothing of the key, and is what `ecsquiz exam mark` reads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quiz.errors import UserError
from quiz.exams.marking.files import SITTING, SITTING_VERSION
from quiz.exams.sitting.sheet import Sheet
from quiz.exams.sitting.sitting import Sitting


class Keeper:
    """Saves a sitting again and again, unless another window goes on with the same one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: bytes | None = None

    def __call__(self, sitting: Sitting) -> None:
        """Raises UserError, with the answers of the other window untouched."""
        if self._kept is not None and self._path.exists() and self._path.read_bytes() != self._kept:
            raise UserError(
                "this sitting goes on in another window.", "Go on there, or start this one again.", self._path
            )
        save(self._path, sitting)
        self._kept = self._path.read_bytes()


def save(path: Path, sitting: Sitting) -> None:
    """Replace the file by the sitting as it stands. Raises UserError; the old file is whole then."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            file.write(json.dumps(_as_data(sitting), indent=2, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise UserError(
            f"the answers cannot be saved: {error.strerror or error}.",
            "Make room, or choose another --out; what was saved before is still there.",
            path,
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def resume(path: Path, sheet: Sheet, learner: str) -> Sitting | None:
    """The sitting that was begun in this file, or None. Raises UserError where it is another's."""
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_bytes())
        if data["format"] != SITTING or data["version"] != SITTING_VERSION:
            raise ValueError
        found = _sitting(data, sheet)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            "this is no sitting that can be gone on with.", "Choose another --out.", path
        ) from error
    if (data["paper"], found.learner) != (sheet.paper, learner):
        raise UserError(
            f"this is a sitting of paper {data['paper']} by {found.learner}.", "Choose another --out.", path
        )
    return found


def _as_data(sitting: Sitting) -> dict[str, Any]:
    return {
        "format": SITTING,
        "version": SITTING_VERSION,
        "exam": sitting.sheet.exam,
        "paper": sitting.sheet.paper,
        "learner": {"id": sitting.learner, "name": sitting.name},
        "started": sitting.started.isoformat(),
        "ended": sitting.ended.isoformat() if sitting.ended else None,
        "at": sitting.at,
        "marked": sorted(sitting.marked),
        "answers": {str(number): sitting.answers[number] for number in sorted(sitting.answers)},
    }


def _sitting(data: Mapping[str, Any], sheet: Sheet) -> Sitting:
    numbers = {item.number for item in sheet.items}
    answers = {int(number): str(text) for number, text in data["answers"].items()}
    return Sitting(
        sheet,
        str(data["learner"]["id"]),
        str(data["learner"]["name"]),
        datetime.fromisoformat(data["started"]),
        datetime.fromisoformat(data["ended"]) if data["ended"] else None,
        MappingProxyType({number: text for number, text in answers.items() if number in numbers}),
        frozenset(int(number) for number in data["marked"]) & numbers,
        min(max(1, int(data["at"])), len(sheet.items)),
    )
