"""Other items for other variants: of the same cell, level, kind and points and of like difficulty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from quiz.exams.blueprint import Blueprint
from quiz.exams.cells import Cell, Sections, by_section
from quiz.exams.overlap import Together
from quiz.exams.pool import Candidate
from quiz.exams.ranks import Ranks

LIKE: Final = 0.1
"""How far the difficulties of two items that stand for one another are apart at most."""
MOST: Final = 3
"""Items that may stand for one that was chosen: more of them would make the key long and marking slow."""


def swapped(cells: Sequence[Cell], blueprint: Blueprint, labels: Sequence[str]) -> list[Sections]:
    """The items of each variant: the first one as they were chosen, the others with as many new ones as fit.

    Each variant remains as hard as the first one, as far as that is expected: what one exchange makes it
    harder, the next makes up for.
    """
    together = Together()
    for cell in cells:
        for candidate in cell.chosen:
            together.add(candidate)
    substitutes = _substitutes(cells, together, Ranks(blueprint.seed))
    uses = Counter(substitutes.keys())
    variants = [by_section(cells)]
    for label in labels[1:]:
        variant = [cell.copy() for cell in cells]
        _Exchange(together, substitutes, uses, Ranks(f"{blueprint.seed}/{label}")).run(variant)
        variants.append(by_section(variant))
    return variants


def _substitutes(cells: Sequence[Cell], together: Together, ranks: Ranks) -> dict[str, list[Candidate]]:
    """For each chosen item, by id: itself and what may stand for it, each item for one other only."""
    taken: set[str] = set()
    questions = Counter(candidate.question.number for cell in cells for candidate in cell.chosen)
    found: dict[str, list[Candidate]] = {}
    for cell in cells:
        for candidate in cell.chosen:
            together.remove(candidate)
            found[candidate.item.id] = [candidate]
            alike = [] if cell.selection.names else _alike(candidate, cell)
            in_order = sorted(
                alike,
                key=lambda other: (questions[other.question.number], *_distance(candidate, other, ranks)),
            )
            for other in in_order:
                if len(found[candidate.item.id]) > MOST:
                    break
                if other.item.id not in taken and together.admits(other):
                    found[candidate.item.id].append(other)
                    taken.add(other.item.id)
                    questions[other.question.number] += 1
            together.add(candidate)
    return found


def _alike(candidate: Candidate, cell: Cell) -> list[Candidate]:
    return [
        other
        for other in cell.candidates()
        if other is not candidate
        and other.item.kind is candidate.item.kind
        and abs(other.item.difficulty - candidate.item.difficulty) <= LIKE
        and other.question.level == candidate.question.level
        and other.points == candidate.points
    ]


def _distance(candidate: Candidate, other: Candidate, ranks: Ranks) -> tuple[float, ...]:
    """What has the same topics comes first, then what is as difficult, then chance decides."""
    unlike = set(candidate.question.topics) ^ set(other.question.topics)
    difference = abs(other.item.difficulty - candidate.item.difficulty)
    return len(unlike), round(difference, 2), ranks[other.item.id]


class _Exchange:
    """The items of one variant while they are exchanged."""

    def __init__(
        self, together: Together, substitutes: dict[str, list[Candidate]], uses: Counter[str], ranks: Ranks
    ) -> None:
        self._together = together
        self._substitutes = substitutes
        self._uses = uses
        self._ranks = ranks
        self._harder = 0.0
        """The sum of the differences in difficulty so far."""

    def run(self, cells: Sequence[Cell]) -> None:
        self._together.clear()
        for cell in cells:
            for candidate in cell.chosen:
                self._together.add(candidate)
        for cell in cells:
            cell.chosen = [self._instead_of(candidate) for candidate in cell.chosen]

    def _instead_of(self, candidate: Candidate) -> Candidate:
        """Of the items that fit, the one that was asked least so far."""
        self._together.remove(candidate)
        possible = self._substitutes[candidate.item.id]
        in_order = sorted(possible, key=lambda other: self._preference(candidate, other))
        # The item itself always fits where its place is still free.
        found = next((other for other in in_order if self._together.admits(other)), candidate)
        self._together.add(found)
        self._uses[found.item.id] += 1
        self._harder += found.item.difficulty - candidate.item.difficulty
        return found

    def _preference(self, candidate: Candidate, other: Candidate) -> tuple[float, ...]:
        difference = other.item.difficulty - candidate.item.difficulty
        balance = round(abs(self._harder + difference), 2)
        return self._uses[other.item.id], balance, self._ranks[other.item.id]
