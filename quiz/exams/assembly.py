"""Choosing the items of a paper: balanced, spread over the questions, and none that answers another.

Cells with little to choose from are filled first. Where one runs out of items that fit, it is tried whether
another choice elsewhere makes room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from quiz.exams.blueprint import Blueprint, Selection
from quiz.exams.cells import Cell, cells_of
from quiz.exams.overlap import Together
from quiz.exams.pool import Candidate
from quiz.exams.ranks import Ranks
from quiz.exams.shortage import refusal
from quiz.source.question import Question


def assemble(pool: Sequence[Candidate], blueprint: Blueprint) -> list[Cell]:
    """The cells of the blueprint, all filled. Raises UserError where one cannot have what it asks for."""
    cells = draw(pool, blueprint)
    if any(cell.missing for cell in cells):
        raise refusal(pool, blueprint, cells)
    return cells


def draw(pool: Sequence[Candidate], blueprint: Blueprint) -> list[Cell]:
    """The cells of the blueprint, filled as far as the pool allows, in the blueprint's order.

    The choice hangs on the seed and on the names of the items, so that a question added to the bank
    moves as few other items as balance allows.
    """
    cells = list(cells_of(pool, blueprint))
    draft = _Draft(cells, blueprint.seed)
    for cell in sorted(cells, key=lambda cell: cell.supply - cell.selection.count):
        draft.fill(cell)
    for cell in cells:
        draft.make_room(cell)
    return cells


class _Draft:
    """A paper while it is being filled."""

    def __init__(self, cells: Sequence[Cell], seed: int) -> None:
        self._cells = cells
        self._paper = Together()
        self._load: Counter[tuple[str, str | int]] = Counter()
        self._ranks = Ranks(seed)

    def fill(self, cell: Cell) -> None:
        """Add items until there are enough, or until each one left answers one that is chosen."""
        waiting = {number: self._ranked(candidates) for number, candidates in cell.admitted.items()}
        # Loads only grow, so what comes first by an old preference is first once its own is renewed.
        heap = [(self._preference(cell, number), number) for number in waiting]
        heapify(heap)
        while cell.missing and heap:
            preference, number = heappop(heap)
            renewed = self._preference(cell, number)
            if renewed != preference:
                heappush(heap, (renewed, number))
            elif found := self._take(waiting[number]):
                self._add(cell, found)
                heappush(heap, (self._preference(cell, number), number))

    def make_room(self, cell: Cell) -> None:
        """Where items run out: give up one that alone shuts out others, if that leaves more on the paper."""
        while cell.missing and any(self._exchange(cell, *blocked) for blocked in self._blocked(cell)):
            pass

    def _blocked(self, cell: Cell) -> list[tuple[Candidate, list[Candidate]]]:
        """Chosen items, each with those of the cell that would fit but for it alone."""
        found: dict[str, tuple[Candidate, list[Candidate]]] = {}
        for candidate in self._ranked(cell.candidates()):
            clashes = self._paper.clashes(candidate)
            if len(clashes) == 1 and candidate not in cell.chosen:
                found.setdefault(clashes[0].item.id, (clashes[0], []))[1].append(candidate)
        return list(found.values())

    def _exchange(self, cell: Cell, given_up: Candidate, freed: Sequence[Candidate]) -> bool:
        """Put `freed` items in the place of one. Whether there are more items on the paper then."""
        owner = next(other for other in self._cells if given_up in other.chosen)
        changed = [cell] if owner is cell else [cell, owner]
        before = [other.chosen.copy() for other in changed]
        self._remove(owner, given_up)
        self._add_fitting(cell, freed)
        if owner is not cell:
            others = self._ranked(owner.candidates())
            self._add_fitting(owner, [other for other in others if other is not given_up])
        if sum(len(other.chosen) for other in changed) > sum(map(len, before)):
            return True
        for other, chosen in zip(changed, before, strict=True):
            for candidate in other.chosen.copy():
                self._remove(other, candidate)
            for candidate in chosen:
                self._add(other, candidate)
        return False

    def _add_fitting(self, cell: Cell, candidates: Sequence[Candidate]) -> None:
        for candidate in candidates:
            if not cell.missing:
                return
            if self._paper.admits(candidate):
                self._add(cell, candidate)

    def _preference(self, cell: Cell, number: int) -> tuple[float, ...]:
        """The question whose own items, whose level and whose topics are rarest so far comes first."""
        question = next(iter(cell.admitted[number])).question
        topics = _counted_topics(cell.selection, question)
        return (
            self._load["question", number],
            self._load["level", question.level],
            sum(self._load["topic", topic] for topic in topics) / len(topics),
            self._ranks[str(number)],
        )

    def _take(self, waiting: list[Candidate]) -> Candidate | None:
        """The item whose kind is rarest so far. Items that can no longer fit are dropped."""
        for candidate in sorted(waiting, key=lambda entry: self._load["kind", entry.item.kind]):
            waiting.remove(candidate)
            if self._paper.admits(candidate):
                return candidate
        return None

    def _add(self, cell: Cell, candidate: Candidate) -> None:
        cell.chosen.append(candidate)
        self._paper.add(candidate)
        self._count(cell, candidate, 1)

    def _remove(self, cell: Cell, candidate: Candidate) -> None:
        cell.chosen.remove(candidate)
        self._paper.remove(candidate)
        self._count(cell, candidate, -1)

    def _count(self, cell: Cell, candidate: Candidate, step: int) -> None:
        question = candidate.question
        self._load["question", question.number] += step
        self._load["level", question.level] += step
        self._load["kind", candidate.item.kind] += step
        for topic in _counted_topics(cell.selection, question):
            self._load["topic", topic] += step

    def _ranked(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        return sorted(candidates, key=lambda candidate: self._ranks[candidate.item.id])


def _counted_topics(selection: Selection, question: Question) -> Sequence[str]:
    """The topics that an item of this question is an item of, as far as they were asked for."""
    wanted = selection.topics or question.topics
    return [topic for topic in question.topics if topic in wanted] or [""]
