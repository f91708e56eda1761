"""What learners handed in, as it was read from files, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A file and a line in it, 1-based; JSON files have only one sitting or say which one."""

    path: Path
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else f"{self.path}"


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not marked, or not wholly, and why. It names no learner and quotes no answer."""

    place: Place
    message: str
    number: int | None = None
    """Of the item, where the rest of the sitting is marked."""

    def __str__(self) -> str:
        item = f"item {self.number}: " if self.number else ""
        return f"{self.place}: {item}{self.message}"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One learner's attempt at one paper, as written: answers by number, none where nothing was said."""

    place: Place
    exam: str
    """Empty where only the paper is named."""
    paper: str
    learner: str
    name: str
    answers: Mapping[int, str]


@dataclass(slots=True)
class Reading:
    """What came of reading files."""

    sittings: list[Sitting] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
