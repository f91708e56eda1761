"""What an exam can choose from: the items of a bank, each with the question it came from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from quiz.bank.store import Bank
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


def read_pool(bank: Bank, kinds: Collection[Kind]) -> list[Candidate]:
    """All items of these kinds, in the bank's order."""
    questions = {question.number: question for question in bank.questions()}
    return [Candidate(item, questions[item.question]) for item in bank.items() if item.kind in kinds]
