"""Where turns come from: the learner's progress for what is due, the bank for what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice

from quiz.bank.store import Bank
from quiz.items.item import Item, Kind
from quiz.practice.kinds import FACES
from quiz.practice.progress import Progress
from quiz.practice.queue import Place, Turn, new_items
from quiz.practice.selecting import Scope

BLOCK = 200
"""So many due items are taken at a time, so that a session's memory does not grow with what is due."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the learner wants to practise. None means no restriction."""

    level: str | None = None
    topic: str | None = None
    kind: Kind | None = None
    question: int | None = None


def bank_slug(bank: Bank) -> str:
    """The name under which the progress in a bank is kept: its title, so that it may move."""
    return re.sub(r"[^a-z0-9]+", "-", bank.spec.title.lower()).strip("-") or "bank"


class Supply:
    """The turns that fit a wish. Raises UserError for a level, topic or question that the bank lacks."""

    def __init__(self, bank: Bank, progress: Progress, wish: Wish) -> None:
        self._bank = bank
        self._progress = progress
        self._wish = wish
        self.scope = scope_of(bank, wish)

    def due(self, at: datetime) -> list[Turn]:
        """The next block of what is due, lowest retrievability first."""
        found = self._progress.due(at, self.scope, BLOCK)
        turns = ((self._bank.item(key), schedule) for key, schedule in found)
        return [Turn(item, schedule) for item, schedule in turns if item and item.kind in FACES]

    def new(self, count: int, seed: str) -> list[Turn]:
        """The first `count` of what the learner has not met yet."""
        return [Turn(item) for item in islice(self._unmet(seed), count)] if count else []

    def has_new(self) -> bool:
        return next(self._unmet(""), None) is not None

    def place(self, question: int) -> str:
        """Where the question belongs, for people: its first topic, or its level where it has none."""
        place = self._places[question]
        spec = self._bank.spec
        topics = [topic.title for topic in spec.topics if topic.slug == place.topic]
        levels = [level.title for level in spec.levels[place.level :]]
        return (topics or levels or [""])[0]

    @property
    def is_empty(self) -> bool:
        """Whether the bank has nothing at all that fits."""
        return not self._items

    def _unmet(self, seed: str) -> Iterator[Item]:
        return new_items(self._items, self._progress.started(), self._places, seed)

    @cached_property
    def _items(self) -> list[Item]:
        wish = self._wish
        items = self._bank.items(level=wish.level, topic=wish.topic, kind=wish.kind, question=wish.question)
        return [item for item in items if item.kind in FACES]

    @cached_property
    def _places(self) -> dict[int, Place]:
        levels = {level.slug: position for position, level in enumerate(self._bank.spec.levels)}
        rows = self._bank.rows(
            "SELECT question.number, level, coalesce(topic, '') FROM question LEFT JOIN question_topic "
            "ON question_topic.number = question.number AND position = 0"
        )
        return {number: Place(levels.get(level, len(levels)), topic) for number, level, topic in rows}


def scope_of(bank: Bank, wish: Wish) -> Scope:
    """The items that a wish means. Raises UserError for a level, topic or question that the bank lacks."""
    questions = None
    if wish.level is not None or wish.topic is not None:
        questions = frozenset(bank.numbers(level=wish.level, topic=wish.topic))
    if wish.question is not None:
        only = {bank.question(wish.question).number}
        questions = frozenset(only if questions is None else only & questions)
    return Scope(questions, frozenset({wish.kind}) if wish.kind else None)
