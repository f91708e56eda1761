"""Which labs were repaired, and how fast. A pass is on disk before the learner reads of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Pass:
    """A lab repaired without its solution. Times are Unix seconds; `started` and the lab name the run.

    `told` says whether the learner's progress in the quiz has it, too.
    """

    lab: str
    question: int
    started: float
    passed: float
    seed: int | None = None
    hints: int = 0
    told: bool = False

    @property
    def seconds(self) -> int:
        return round(self.passed - self.started)


@dataclass(frozen=True)
class Record:
    """How often a lab was repaired, and the best time in seconds."""

    passes: int
    best: int


class Records:
    """Kept in a file, replaced whole at each change. Keeping the same pass again changes nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def passes(self) -> list[Pass]:
        try:
            entries = json.loads(self._path.read_text("utf-8"))
            return [Pass(**entry) for entry in entries]
        except FileNotFoundError:
            return []
        except (ValueError, TypeError):
            # Never written by us like this: it stays beside, for whoever wants to look.
            self._path.replace(self._path.with_suffix(".broken"))
            return []

    def by_lab(self) -> dict[str, Record]:
        found: dict[str, Record] = {}
        for item in self.passes():
            old = found.get(item.lab, Record(0, item.seconds))
            found[item.lab] = Record(old.passes + 1, min(old.best, item.seconds))
        return found

    def keep(self, new: Pass) -> None:
        known = self.passes()
        if not any((item.lab, item.started) == (new.lab, new.started) for item in known):
            self._save([*known, new])

    def tell(self, listener: Callable[[Pass], None]) -> None:
        """Hand each pass that was not handed over yet to the listener, and note that it was."""
        known = self.passes()
        for number, item in enumerate(known):
            if not item.told:
                listener(item)
                known[number] = replace(item, told=True)
                self._save(known)

    def _save(self, passes: list[Pass]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump([asdict(item) for item in passes], file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
