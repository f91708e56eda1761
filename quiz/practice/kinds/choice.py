"""Choice: one right option among numbered ones."""

from __future__ import annotations

from random import Random

from quiz.grading.grade import Rating
from quiz.items.item import Item, Kind
from quiz.practice.kinds.face import Grading, Listing
from quiz.practice.outcome import Outcome

KIND = Kind.CHOICE
LINES = False
INVITATION = "Type the number of your choice. Enter alone shows the answer."
SOLUTION = "The right one"


def options(item: Item, random: Random) -> tuple[str, ...]:
    """All options in an order drawn from `random`."""
    shuffled = [*item.answers[:1], *item.distractors]
    random.shuffle(shuffled)
    return tuple(shuffled)


def listings(item: Item, options: tuple[str, ...]) -> tuple[Listing, ...]:  # noqa: ARG001 - all have this shape
    return (Listing.numbered(options),)


def complaint(item: Item, typed: str, options: tuple[str, ...]) -> str:  # noqa: ARG001
    typed = typed.removesuffix(".")
    if typed.isascii() and typed.isdecimal() and 1 <= int(typed[:9]) <= len(options):
        return ""
    return f"Type a number from 1 to {len(options)}."


def judge(item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:  # noqa: ARG001
    """Right or wrong."""
    chosen = options[int(typed.removesuffix(".")) - 1]
    right = chosen == item.answers[0]
    return Outcome(chosen, 1.0 if right else 0.0, Rating.GOOD if right else Rating.AGAIN)


def hints(item: Item, options: tuple[str, ...], grading: Grading) -> tuple[str, ...]:  # noqa: ARG001
    """Strikes wrong options, one after the other, until two are left."""
    wrong = [options.index(distractor) + 1 for distractor in item.distractors]
    return tuple(f"It is not {number}." for number in wrong[: len(options) - 2])


def solution(item: Item, options: tuple[str, ...]) -> Listing:
    return Listing((f"{options.index(item.answers[0]) + 1}.",), item.answers[:1])
