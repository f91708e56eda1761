"""The plan of an exam: what a trainer asks for, before anything is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from quiz.bank.store import known
from quiz.items.item import Item, Kind
from quiz.source.question import BankSpec, Question


@dataclass(frozen=True, slots=True)
class Selection:
    """How many items, and of which. An empty filter lets everything pass; several names mean "any of"."""

    count: int
    levels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()

    def admits(self, item: Item, question: Question) -> bool:
        return (
            (not self.levels or question.level in self.levels)
            and (not self.topics or not set(self.topics).isdisjoint(question.topics))
            and (not self.kinds or item.kind in self.kinds)
        )

    def describe(self) -> str:
        """The filters in words, such as " for level basics or repairs, topic images"; empty without any."""
        filters = (("level", self.levels), ("topic", self.topics), ("kind", self.kinds))
        said = [f"{name} {' or '.join(values)}" for name, values in filters if values]
        return f" for {', '.join(said)}" if said else ""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything that decides what is on the papers, apart from the bank."""

    title: str
    selection: Selection
    seed: int = 1
    variants: int = 1
    instructions: str = ""
    """Markdown below the title. Empty: the format writes what its kinds of items need."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


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
