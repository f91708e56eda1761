"""The list of the class: who may have handed in answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quiz.errors import UserError
from quiz.exams.marking.files import LEARNER, NAME, column_of, read_table

_REMEDY: Final = "Begin it with: learner id,name"


@dataclass(frozen=True, slots=True)
class Learner:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Learners by their ids in small letters."""

    learners: dict[str, Learner]

    def find(self, learner: str) -> Learner | None:
        return self.learners.get(learner.casefold())

    def without(self, present: Iterable[str]) -> list[Learner]:
        """Those who are not among `present`, by id."""
        there = {learner.casefold() for learner in present}
        return [learner for key, learner in self.learners.items() if key not in there]


def read_roster(path: Path) -> Roster:
    """The list in a CSV or XLSX file. Raises UserError, since a wrong list would make everybody unknown."""
    header, rows = read_table(path)
    at, name = column_of(header, LEARNER), column_of(header, NAME)
    if at is None:
        raise UserError("there is no column learner id.", _REMEDY, path, 1)
    found: dict[str, Learner] = {}
    for row in rows:
        if row.fault:
            raise UserError(row.fault, "", path, row.line)
        cells = [cell.strip() for cell in row.cells]
        if not cells[at]:
            continue
        if cells[at].casefold() in found:
            raise UserError("this learner id stands twice in the list.", "Keep one of them.", path, row.line)
        found[cells[at].casefold()] = Learner(cells[at], cells[name] if name is not None else "")
    if not found:
        raise UserError("there is nobody in this list.", _REMEDY, path)
    return Roster(found)
