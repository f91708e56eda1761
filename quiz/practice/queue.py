"""What is asked next: what is due, then what is new, with the items of one question kept apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Protocol, Self, TypeVar

from quiz.items.item import Item, Kind
from quiz.practice.schedule import Schedule

APART = 3
"""At least so many other turns lie between two items of one question, where there are others."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One item and where the learner stands with it; `schedule` is None for a new item."""

    item: Item
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question belongs: its level's position in the bank, and its first topic."""

    level: int
    topic: str


@dataclass(frozen=True, slots=True)
class Queue:
    """The turns of a session that are still to come.

    `returning` holds the items that were answered in this session and come back within it, perhaps;
    `recent` the questions asked last, newest first.
    """

    due: tuple[Turn, ...] = ()
    new: tuple[Turn, ...] = ()
    returning: tuple[Turn, ...] = ()
    recent: tuple[int, ...] = ()

    def __len__(self) -> int:
        """How many turns are certain to come, without those that are returning."""
        return len(self.due) + len(self.new)

    def take(self, at: datetime) -> tuple[Turn | None, Self]:
        """The next turn, and the queue without it.

        Returning items come first when their time has come: their steps are minutes long.
        """
        back = tuple(turn for turn in self.returning if turn.schedule and turn.schedule.due <= at)
        for name, turns in (("returning", back), ("due", self.due), ("new", self.new)):
            if turns:
                turn = next((turn for turn in turns if turn.item.question not in self.recent), turns[0])
                rest = tuple(other for other in getattr(self, name) if other is not turn)
                recent = (turn.item.question, *self.recent)[:APART]
                return turn, replace(self, recent=recent, **{name: rest})
        return None, self

    def put_back(self, turn: Turn) -> Self:
        """The queue with `turn` at its front."""
        if turn.schedule is None:
            return replace(self, new=(turn, *self.new), recent=())
        return replace(self, due=(turn, *self.due), recent=())

    def comes_back(self, turn: Turn) -> Self:
        """The queue after an answer, with the item's new schedule in `turn`."""
        return replace(self, returning=(*self.without(turn.item.id).returning, turn))

    def at_the_end(self, turn: Turn) -> Self:
        """The queue with `turn` after all others."""
        return replace(self, new=(*self.new, turn))

    def led_by(self, turn: Turn) -> Self:
        """The queue with `turn` before all others, even where it is new."""
        rest = self.without(turn.item.id)
        return replace(rest, due=(turn, *rest.due))

    def refilled(self, due: tuple[Turn, ...]) -> Self:
        """The queue with another block of what is due, of which some may have been returning."""
        known = {turn.item.id for turn in due}
        returning = tuple(turn for turn in self.returning if turn.item.id not in known)
        return replace(self, due=(*self.due, *due), returning=returning)

    def without(self, item_id: str) -> Self:
        """The queue without the item of this id."""
        kept = {
            name: tuple(turn for turn in getattr(self, name) if turn.item.id != item_id)
            for name in ("due", "new", "returning")
        }
        return replace(self, **kept)


class Askable(Protocol):
    """What the order of new items needs to know of each of them."""

    @property
    def id(self) -> str: ...

    @property
    def question(self) -> int: ...

    @property
    def kind(self) -> Kind: ...


Found = TypeVar("Found", bound=Askable)


def new_items(
    items: Iterable[Found],
    started: Container[str],
    places: Mapping[int, Place],
    seed: str,
    resting: Container[int] = frozenset(),
) -> Iterator[Found]:
    """The items that the learner has not met, in the order in which to meet them.

    Questions of which least was met come first, among them those of the first level; then the topic
    that was not used for longest. Kinds alternate. The rest is chance, decided by `seed`. `resting` are
    questions of which something was asked a short while ago: they wait until no others are left.
    """
    waiting: dict[int, list[Found]] = defaultdict(list)
    met: Counter[int] = Counter()
    for item in items:
        if item.id in started:
            met[item.question] += 1
        else:
            waiting[item.question].append(item)
    random = Random(seed)  # noqa: S311 - the order of questions is no secret
    chance = {question: random.random() for question in waiting}
    kinds: Counter[Kind] = Counter()
    topics: dict[str, int] = {}
    order = list(Kind)

    def rank(question: int) -> tuple[bool, int, int, int, float]:
        place = places[question]
        topic = topics.get(place.topic, -1)
        return question in resting, met[question], place.level, topic, chance[question]

    for turn in range(sum(map(len, waiting.values()))):
        question = min(waiting, key=rank)
        choice = waiting[question]
        least = min({item.kind for item in choice}, key=lambda kind: (kinds[kind], order.index(kind)))
        item = random.choice([item for item in choice if item.kind == least])
        choice.remove(item)
        if not choice:
            del waiting[question]
        met[question] += 1
        kinds[least] += 1
        topics[places[question].topic] = turn
        yield item
