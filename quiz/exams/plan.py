"""What a bank can do for a blueprint, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quiz.errors import UserError
from quiz.exams.assembly import draw
from quiz.exams.blueprint import Blueprint
from quiz.exams.cells import Cell, cells_of
from quiz.exams.pool import Candidate, allowed
from quiz.exams.shortage import refusal


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One cell: what it asks for, and how many items there are for it at each step."""

    section: int
    """From 1."""
    title: str
    asks_for: str
    wanted: int
    in_bank: int
    allowed: int
    """Without what is excluded and what earlier exams asked."""
    chosen: int
    """As many as go together on one paper, up to what is wanted."""

    @property
    def missing(self) -> int:
        return self.wanted - self.chosen


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """The rows in the order of the blueprint, and what the paper would be like."""

    rows: tuple[PlanRow, ...]
    items: int
    questions: int
    points: float
    difficulty: float
    """The expected share of wrong answers, 0 to 1, over all items."""
    levels: dict[str, int]
    topics: dict[str, int]
    kinds: dict[str, int]
    refusal: UserError | None
    """Why the exam cannot be built, if it cannot."""


def plan_exam(pool: Sequence[Candidate], blueprint: Blueprint) -> ExamPlan:
    """What `compose` would do with the same pool and blueprint."""
    open_to_it = allowed(pool, blueprint)
    cells = draw(open_to_it, blueprint)
    supplies = (cell.supply for cell in cells_of(pool, blueprint))
    rows = tuple(_row(blueprint, cell, supply) for cell, supply in zip(cells, supplies, strict=True))
    chosen = [candidate for cell in cells for candidate in cell.chosen]
    questions = {candidate.question.number: candidate.question for candidate in chosen}
    return ExamPlan(
        rows=rows,
        items=len(chosen),
        questions=len(questions),
        points=sum(_points(blueprint, cell) for cell in cells),
        difficulty=sum(c.item.difficulty for c in chosen) / len(chosen) if chosen else 0,
        levels=dict(Counter(candidate.question.level for candidate in chosen)),
        topics=dict(Counter(topic for candidate in chosen for topic in candidate.question.topics)),
        kinds=dict(Counter(candidate.item.kind.value for candidate in chosen)),
        refusal=refusal(open_to_it, blueprint, cells) if any(cell.missing for cell in cells) else None,
    )


def _row(blueprint: Blueprint, cell: Cell, supply: int) -> PlanRow:
    selection = cell.selection
    asks_for = selection.describe().removeprefix(" for ") or "any item"
    return PlanRow(
        section=cell.section + 1,
        title=blueprint.sections[cell.section].title,
        asks_for=f"fixed: {asks_for}" if selection.names else asks_for,
        wanted=selection.count,
        in_bank=supply,
        allowed=cell.supply,
        chosen=len(cell.chosen),
    )


def _points(blueprint: Blueprint, cell: Cell) -> float:
    set_points = blueprint.sections[cell.section].points
    return sum(candidate.points if set_points is None else set_points for candidate in cell.chosen)
