"""One learner's attempt at one paper while it lasts. Pure: each step gives a new state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from quiz.exams.marking.answers import read_answer
from quiz.exams.marking.key import KeyItem, KeyPlace
from quiz.exams.sitting.sheet import Sheet, SheetItem
from quiz.items.item import Item


@dataclass(frozen=True, slots=True)
class Sitting:
    """`at` is the number of the item that is open; answers are kept as they were typed."""

    sheet: Sheet
    learner: str
    name: str
    started: datetime
    ended: datetime | None = None
    answers: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    marked: frozenset[int] = frozenset()
    """Numbers that the learner wants to look at again."""
    at: int = 1

    @property
    def item(self) -> SheetItem:
        return self.sheet.items[self.at - 1]

    @property
    def answer(self) -> str:
        """What was answered so far to the item that is open."""
        return self.answers.get(self.at, "")

    @property
    def limit(self) -> datetime | None:
        """When the time is up. It goes on while the program does not run."""
        minutes = self.sheet.minutes
        return self.started + timedelta(minutes=minutes) if minutes else None

    @property
    def unanswered(self) -> tuple[int, ...]:
        return tuple(item.number for item in self.sheet.items if item.number not in self.answers)

    def is_up(self, now: datetime) -> bool:
        return self.limit is not None and now >= self.limit

    def answering(self, text: str) -> Sitting:
        """With this answer to the item that is open; blank takes the answer back."""
        answers = {number: said for number, said in self.answers.items() if number != self.at}
        if text.strip():
            answers[self.at] = text.strip()
        return replace(self, answers=MappingProxyType(answers))

    def moved_to(self, number: int) -> Sitting:
        """At this number, or at the nearest one that there is."""
        return replace(self, at=min(max(1, number), len(self.sheet.items)))

    def with_mark_turned(self) -> Sitting:
        """Marked for review, or not any more."""
        return replace(self, marked=self.marked ^ {self.at})

    def handed_in(self, now: datetime) -> Sitting:
        """Ended now, or when the time was up, if that was earlier."""
        return replace(self, ended=min(now, self.limit) if self.limit else now)


def complaint(item: SheetItem, text: str) -> str:
    """Why this could not be marked, or nothing: read as `ecsquiz exam mark` will read it."""
    asked = Item(0, item.kind, "", item.stem, ())
    place = KeyPlace(
        item.number, KeyItem(asked, "", (), (), ()), item.options, item.prompts, (), item.points, item.wrong
    )
    fault = read_answer(place, text).fault
    return fault[:1].upper() + fault[1:]
