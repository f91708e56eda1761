"""Where turns come from: the learner's progress for what is due, the bank for what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from quiz.bank.store import Bank
from quiz.errors import UserError
from quiz.items.item import Kind
from quiz.practice.kinds import FACES
from quiz.practice.marks import suspended
from quiz.practice.met import questions_since, weakest
from quiz.practice.progress import Progress
from quiz.practice.queue import Place, Turn, new_items
from quiz.practice.schedule import Schedule
from quiz.practice.selecting import Scope
from quiz.source.question import Question

BLOCK = 200
"""So many due items are taken at a time, so that a session's memory does not grow with what is due."""
REST = timedelta(hours=8)
"""For so long after an answer nothing else of its question is taken as new, while there are others."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the learner wants to practise. None means no restriction."""

    level: str | None = None
    topic: str | None = None
    kind: Kind | None = None
    question: int | None = None
    lab_linked: bool = False


class Entry(NamedTuple):
    """An item of the bank that has not been read yet."""

    id: str
    question: int
    kind: Kind


def bank_slug(bank: Bank) -> str:
    """The name under which the progress in a bank is kept."""
    return bank.slug


class Supply:
    """The turns that fit a wish. Raises UserError for a level, topic or question that the bank lacks."""

    def __init__(self, bank: Bank, progress: Progress, wish: Wish) -> None:
        self._bank = bank
        self._progress = progress
        self._wish = wish
        self.scope = scope_of(bank, wish)

    def due(self, at: datetime) -> list[Turn]:
        """The next block of what is due, lowest retrievability first."""
        return list(self._turns(self._progress.due(at, self.scope, BLOCK)))

    def new(self, count: int, seed: str, resting: frozenset[int] = frozenset()) -> list[Turn]:
        """The first `count` of what the learner has not met yet; see `new_items`."""
        found = islice(self._unmet(seed, resting), count) if count else ()
        return [Turn(item) for entry in found if (item := self._bank.item(entry.id))]

    def resting(self, at: datetime, due: Iterable[Turn]) -> frozenset[int]:
        """The questions of which something was asked a short while ago, or is due."""
        return questions_since(self._progress, at - REST) | {turn.item.question for turn in due}

    def weakest(self, at: datetime, count: int) -> list[Turn]:
        """What the learner has met, due or not, lowest retrievability first."""
        return list(self._turns(weakest(self._progress, at, self.scope, count)))

    def unmet(self, item_id: str) -> Turn | None:
        """The item of this id, if it fits the wish and the learner has not met it."""
        fits = any(entry.id == item_id for entry in self._entries) and item_id not in self._started
        item = self._bank.item(item_id) if fits else None
        return Turn(item) if item else None

    def has_new(self) -> bool:
        return next(self._unmet(""), None) is not None

    def labs(self, questions: Iterable[int]) -> list[str]:
        """The names of the labs that belong to these questions."""
        found = (self._bank.question(number).lab for number in sorted(set(questions)))
        return list(dict.fromkeys(lab for lab in found if lab))

    @property
    def site(self) -> str:
        """Where the bank's pages are on the web, if it says so."""
        return self._bank.spec.site

    def question(self, number: int) -> Question:
        return self._bank.question(number)

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
        return not self._entries

    def _turns(self, found: Iterable[tuple[str, Schedule]]) -> Iterator[Turn]:
        for key, schedule in found:
            item = self._bank.item(key)
            if item and item.kind in FACES:
                yield Turn(item, schedule)

    def _unmet(self, seed: str, resting: frozenset[int] = frozenset()) -> Iterator[Entry]:
        return new_items(self._entries, self._started, self._places, seed, resting)

    @property
    def _started(self) -> frozenset[str]:
        """What the learner has met, or has set aside."""
        return self._progress.started() | {mark.item for mark in suspended(self._progress)}

    @cached_property
    def _entries(self) -> list[Entry]:
        # Not the items themselves: a session shows few of them, and reading them takes time.
        rows = self._bank.rows("SELECT id, question, kind FROM item ORDER BY question, position")
        questions = self.scope.questions
        return [
            Entry(name, question, kind)
            for name, question, kind in ((name, number, Kind(kind)) for name, number, kind in rows)
            if kind in FACES
            and self._wish.kind in (None, kind)
            and (questions is None or question in questions)
        ]

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
    if wish.lab_linked:
        with_lab = _with_lab(bank)
        if wish.question is not None and wish.question not in with_lab:
            raise UserError(f"question {wish.question} has no lab.", "Leave out --lab-linked.")
        questions = with_lab if questions is None else with_lab & questions
    return Scope(questions, frozenset({wish.kind}) if wish.kind else None)


def _with_lab(bank: Bank) -> frozenset[int]:
    rows = bank.rows("SELECT number FROM question WHERE coalesce(json_extract(payload, '$.lab'), '') <> ''")
    return frozenset(number for (number,) in rows)
