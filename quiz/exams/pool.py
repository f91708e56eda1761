"""What an exam can choose from: the items of a bank, each with the question it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from quiz.bank.store import Bank
from quiz.exams.blueprint import Blueprint
from quiz.exams.observed import Observed
from quiz.items.item import Item, Kind
from quiz.source.question import Question

POINTS_WITHOUT_KEY_POINTS: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be put on a paper."""

    item: Item
    question: Question

    @property
    def points(self) -> int:
        """What a perfect answer earns.

        Free text earns the weight of each key point it covers. Where there are none it is marked as a
        whole. Matching and ordering earn a point a line; everything else is right or wrong.
        """
        if self.item.kind is Kind.RECALL:
            return sum(point.weight for point in self.question.key_points) or POINTS_WITHOUT_KEY_POINTS
        if self.item.kind in (Kind.MATCHING, Kind.ORDERING):
            return len(self.item.answers)
        return 1

    @property
    def names(self) -> tuple[str, str]:
        """By which a blueprint may fix or exclude it: its id, and the number of its question."""
        return self.item.id, str(self.question.number)


def read_pool(bank: Bank, observed: Observed | None = None) -> list[Candidate]:
    """All items, in the bank's order, as difficult as earlier exams have shown them to be."""
    questions = {question.number: question for question in bank.questions()}
    return [Candidate(_as_observed(item, observed), questions[item.question]) for item in bank.items()]


def _as_observed(item: Item, observed: Observed | None) -> Item:
    if observed is None or item.id not in observed.items:
        return item
    return replace(item, difficulty=round(observed.difficulty(item.id, item.difficulty), 4))


def allowed(pool: Sequence[Candidate], blueprint: Blueprint) -> list[Candidate]:
    """The pool without what is excluded, and without what earlier exams asked, unless it is fixed."""
    excluded = set(blueprint.exclude)
    fixed = {name for section in blueprint.sections for name in section.fixed}
    asked = {item for earlier in blueprint.avoid for item in earlier.items}
    return [
        candidate
        for candidate in pool
        if excluded.isdisjoint(names := candidate.names)
        and (candidate.item.id not in asked or not fixed.isdisjoint(names))
    ]
