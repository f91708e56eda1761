"""What exams have shown of items: kept beside the bank, and used where items are chosen.

One JSON file holds, for each item, what each exam found; marking an exam again replaces what it said before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from quiz.errors import UserError

FILE_NAME: Final = "item_statistics.json"
FORMAT: Final = "ecsquiz item statistics"
VERSION: Final = 1
PRIOR: Final = 10
"""How many sittings the difficulty that was expected counts for beside those observed."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What one exam says of one item; `facility` is the mean share of its points, 0 to 1."""

    sittings: int
    facility: float
    discrimination: float | None


@dataclass(slots=True)
class Observed:
    """By item and then by exam."""

    items: dict[str, dict[str, Observation]] = field(default_factory=dict)

    def learn(self, exam: str, found: Mapping[str, Observation]) -> None:
        """Take over what an exam found, instead of what it had said before."""
        for by_exam in self.items.values():
            by_exam.pop(exam, None)
        for item, observation in found.items():
            self.items.setdefault(item, {})[exam] = observation
        self.items = {item: by_exam for item, by_exam in self.items.items() if by_exam}

    def difficulty(self, item: str, expected: float) -> float:
        """The share of learners who get the item wrong, 0 to 1: what was expected, moved by what was seen.

        The mean of a beta distribution whose prior counts for `PRIOR` sittings.
        """
        seen = self.items.get(item, {}).values()
        sittings = sum(one.sittings for one in seen)
        wrong = sum(one.sittings * (1 - one.facility) for one in seen)
        return (PRIOR * expected + wrong) / (PRIOR + sittings)

    def as_json(self) -> str:
        items = {
            item: {
                exam: {
                    "sittings": one.sittings,
                    "facility": round(one.facility, 4),
                    "discrimination": None if one.discrimination is None else round(one.discrimination, 4),
                }
                for exam, one in sorted(by_exam.items())
            }
            for item, by_exam in sorted(self.items.items())
        }
        data = {"format": FORMAT, "version": VERSION, "items": items}
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def read_observed(path: Path) -> Observed:
    """What the file says; nothing where there is none. Raises UserError."""
    if not path.exists():
        return Observed()
    data = _read(path, FORMAT, VERSION)
    try:
        return Observed(
            {
                item: {exam: Observation(**entry) for exam, entry in by_exam.items()}
                for item, by_exam in data["items"].items()
            }
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise UserError(
            "these item statistics are damaged.", "Restore the file, or remove it.", path
        ) from error


def read_results(path: Path) -> tuple[str, str, dict[str, Observation]]:
    """Exam, title of its bank and what was found, as `exam mark` wrote it. Raises UserError."""
    data = _read(path, "ecsquiz marks", 1)
    try:
        found = {
            entry["id"]: Observation(entry["sittings"], entry["facility"], entry["discrimination"])
            for entry in data["items"]
        }
        return data["exam"], data["bank"], found
    except (KeyError, TypeError) as error:
        raise UserError("these results are damaged.", "Mark the exam again.", path) from error


def _read(path: Path, form: str, version: int) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UserError(f"this cannot be read: {error}.", "", path) from error
    if not isinstance(data, dict) or data.get("format") != form or data.get("version") != version:
        remedy = "Give the folder that `ecsquiz exam mark --out` wrote." if form.endswith("marks") else ""
        raise UserError(f"this is no file of {form[8:]}.", remedy, path)
    return data
