"""The shape that the face of every item kind has."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Protocol

from quiz.grading.grade import Grade
from quiz.items.item import Item, Kind
from quiz.practice.outcome import Outcome

Grading = Callable[[Item, str], Grade]
"""Grades a free-text answer to an item."""


class Face(Protocol):
    """How one kind is asked and judged. A module of this package is one."""

    @property
    def KIND(self) -> Kind: ...  # noqa: N802 - a module's constant

    @property
    def LINES(self) -> bool:  # noqa: N802
        """Whether an answer may have several lines."""
        ...

    @property
    def INVITATION(self) -> str:  # noqa: N802
        """Tells the learner how to answer."""
        ...

    def options(self, item: Item, random: Random) -> tuple[str, ...]:
        """What is listed below the stem, numbered from 1."""
        ...

    def complaint(self, typed: str, options: tuple[str, ...]) -> str:
        """Why `typed` can be no answer, or nothing."""
        ...

    def judge(self, item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:
        """What became of an answer about which there is no complaint."""
        ...
