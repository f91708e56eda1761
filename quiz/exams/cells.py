"""The cells of a blueprint, each with what the pool has for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quiz.exams.blueprint import Blueprint, Selection
from quiz.exams.pool import Candidate

Sections = tuple[tuple[Candidate, ...], ...]
"""The items of a paper, section by section."""


@dataclass(eq=False, slots=True)
class Cell:
    """What one cell of the blueprint asks for, what the bank has for it, and what was chosen."""

    section: int
    selection: Selection
    admitted: dict[int, list[Candidate]]
    """By number of question."""
    chosen: list[Candidate] = field(default_factory=list)

    @property
    def supply(self) -> int:
        """Items that the cell admits."""
        return sum(map(len, self.admitted.values()))

    @property
    def missing(self) -> int:
        return self.selection.count - len(self.chosen)

    def copy(self) -> Cell:
        """The same cell with a choice of its own."""
        return Cell(self.section, self.selection, self.admitted, self.chosen.copy())

    def candidates(self) -> Iterator[Candidate]:
        return (candidate for found in self.admitted.values() for candidate in found)


def cells_of(pool: Sequence[Candidate], blueprint: Blueprint) -> Iterator[Cell]:
    """The cells with what the pool has for them. A fixed item is a cell of its own."""
    by_question: dict[int, list[Candidate]] = {}
    for candidate in pool:
        by_question.setdefault(candidate.question.number, []).append(candidate)
    for index, section in enumerate(blueprint.sections):
        fixed = (Selection(1, names=(name,)) for name in section.fixed)
        for selection in (*fixed, *section.cells):
            yield Cell(index, selection, _admitted(by_question, selection))


def by_section(cells: Sequence[Cell]) -> Sections:
    """What was chosen for each section. Each has a cell at least."""
    return tuple(
        tuple(candidate for cell in cells if cell.section == index for candidate in cell.chosen)
        for index in range(cells[-1].section + 1)
    )


def _admitted(by_question: dict[int, list[Candidate]], selection: Selection) -> dict[int, list[Candidate]]:
    found = {}
    for number, candidates in by_question.items():
        if selection.admits_question(candidates[0].question):
            admitted = [candidate for candidate in candidates if selection.admits_item(candidate.item)]
            if admitted:
                found[number] = admitted
    return found
