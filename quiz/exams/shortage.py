"""What an impossible blueprint lacks, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quiz.errors import UserError
from quiz.exams.blueprint import Blueprint, Selection
from quiz.exams.cells import Cell
from quiz.exams.pool import Candidate


def refusal(pool: Sequence[Candidate], blueprint: Blueprint, cells: Sequence[Cell]) -> UserError:
    """Says of each cell that is short how many items it lacks and why, and of the first one what helps."""
    short = [cell for cell in cells if cell.missing]
    divided = sum(section.count for section in blueprint.sections) > short[0].selection.count
    held_back = bool(blueprint.exclude or blueprint.avoid)
    said = [f"{place(blueprint, cell) if divided else ''}{lack(cell, held_back)}" for cell in short]
    return UserError(f"{'; '.join(said)}.", remedy(pool, short[0]))


def place(blueprint: Blueprint, cell: Cell) -> str:
    """The section of a cell, such as "section 2 (Repairs): "; nothing where there is only one."""
    if len(blueprint.sections) == 1:
        return ""
    title = blueprint.sections[cell.section].title
    return f"section {cell.section + 1}{f' ({title})' if title else ''}: "


def lack(cell: Cell, held_back: bool) -> str:
    """How many items a cell that is short has and how many it wants.

    `held_back` tells that the blueprint excludes items or avoids those of earlier exams.
    """
    supply, selection = cell.supply, cell.selection
    wanted = f"{selection.count} {'is' if selection.count == 1 else 'are'} wanted"
    if supply < selection.count:
        left = " that the blueprint does not hold back" if held_back else ""
        return f"the bank has {supply} {_items(supply)}{selection.describe()}{left}; {wanted}"
    return (
        f"only {len(cell.chosen)} of the {supply} {_items(supply)}{selection.describe()} go together "
        f"on this paper, because the others give answers away; {wanted}"
    )


def remedy(pool: Sequence[Candidate], cell: Cell) -> str:
    """How many can be had, and how many there would be without each of the filters that holds any back."""
    if cell.selection.names:
        return "Take it out of `fixed`, or what it clashes with."
    count = len(cell.chosen)
    ask = f"Ask for {count}" if count else "Ask for something else"
    return f"{ask}{_wider(pool, cell.selection)}."


def _items(count: int) -> str:
    return "item" if count == 1 else "items"


def _wider(pool: Sequence[Candidate], selection: Selection) -> str:
    wider = {
        "level": replace(selection, levels=()),
        "topic": replace(selection, topics=()),
        "kind": replace(selection, kinds=()),
    }
    now = _count(pool, selection)
    counts = {name: _count(pool, wide) for name, wide in wider.items()}
    said = [f"{count} whatever the {name}" for name, count in counts.items() if count > now]
    return f", or widen the choice: there are {', '.join(said)}" if said else ""


def _count(pool: Sequence[Candidate], selection: Selection) -> int:
    return sum(selection.admits(candidate.item, candidate.question) for candidate in pool)
