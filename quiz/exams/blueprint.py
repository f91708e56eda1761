"""The plan of an exam: what a trainer asks for, before anything is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from quiz.bank.store import known
from quiz.items.item import Item, Kind
from quiz.source.question import BankSpec, Question

PASS_MARK: Final = 0.6
"""The share of the points from which an exam is passed, where the trainer says nothing else."""


@dataclass(frozen=True, slots=True)
class Selection:
    """How many items, and of which: a cell of the blueprint.

    An empty filter lets everything pass; several names mean "any of".
    """

    count: int
    levels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()

    names: tuple[str, ...] = ()
    """Numbers of questions and ids of items."""

    def admits(self, item: Item, question: Question) -> bool:
        return self.admits_question(question) and self.admits_item(item)

    def admits_question(self, question: Question) -> bool:
        return (not self.levels or question.level in self.levels) and (
            not self.topics or not set(self.topics).isdisjoint(question.topics)
        )

    def admits_item(self, item: Item) -> bool:
        return (not self.kinds or item.kind in self.kinds) and (
            not self.names or item.id in self.names or str(item.question) in self.names
        )

    def describe(self) -> str:
        """The filters in words, such as " for level basics or repairs, topic images"; empty without any."""
        filters = (("level", self.levels), ("topic", self.topics), ("kind", self.kinds))
        said = [f"{name} {' or '.join(values)}" for name, values in filters if values]
        said += [" or ".join(self.names)] if self.names else []
        return f" for {', '.join(said)}" if said else ""


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One part of the paper: its cells, the items that are on every paper, and what an answer earns."""

    cells: tuple[Selection, ...] = ()
    title: str = ""
    instructions: str = ""
    """Markdown below the title."""
    points: float | None = None
    """For a perfect answer to each item; without it, what the item is worth by itself."""
    wrong: float = 0
    """Points taken off for a wrong answer to a choice item; none for one that is left out."""
    fixed: tuple[str, ...] = ()
    """Ids of items, such as `101/choice/mistake-2`, besides what the cells ask for."""

    @property
    def count(self) -> int:
        return len(self.fixed) + sum(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True)
class EarlierExam:
    """An exam whose items are not to be asked again."""

    id: str
    items: frozenset[str]


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything that decides what is on the papers, apart from the bank."""

    title: str
    sections: tuple[SectionPlan, ...]
    seed: int = 1
    variants: int = 1
    instructions: str = ""
    """Markdown below the title. Empty: the format writes what its kinds of items need."""
    minutes: int | None = None
    """How long a sitting may take; without it, as long as it takes."""
    pass_mark: float = PASS_MARK
    """The share of the points, 0 to 1, from which the exam is passed."""
    exclude: tuple[str, ...] = ()
    """Numbers of questions and ids of items that are not to be asked."""
    avoid: tuple[EarlierExam, ...] = ()
    swap: bool = False
    """Whether variants may ask other items of the same cell, kind and points and like difficulty."""
    show_result: bool = False
    """Whether a learner sees the result at the end of a sitting in the terminal."""

    @property
    def count(self) -> int:
        """Items on each paper."""
        return sum(section.count for section in self.sections)

    def as_dict(self) -> dict[str, Any]:
        """As plain data; earlier exams by their ids."""
        return {**asdict(self), "avoid": [earlier.id for earlier in self.avoid]}


def one_section(selection: Selection) -> tuple[SectionPlan, ...]:
    """The sections of a paper that is not divided."""
    return (SectionPlan((selection,)),)


def plan_selection(
    spec: BankSpec,
    count: int,
    *,
    levels: Iterable[str] = (),
    topics: Iterable[str] = (),
    kinds: Iterable[str] = (),
) -> Selection:
    """A selection by names as a trainer types them, in the bank's order and without repetitions.

    Raises UserError with the nearest names for a level, topic or kind that does not exist.
    """
    return Selection(
        count,
        _in_order("level", levels, [level.slug for level in spec.levels]),
        _in_order("topic", topics, [topic.slug for topic in spec.topics]),
        tuple(Kind(kind) for kind in _in_order("kind", kinds, [kind.value for kind in Kind])),
    )


def _in_order(what: str, wanted: Iterable[str], names: Sequence[str]) -> tuple[str, ...]:
    asked = set()
    for name in wanted:
        known(what, name, names)
        asked.add(name)
    return tuple(name for name in names if name in asked)
