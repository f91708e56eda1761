"""Choice: one right option among numbered ones."""

from __future__ import annotations

from random import Random

from quiz.grading.grade import Rating
from quiz.items.item import Item, Kind
from quiz.practice.kinds.face import Grading
from quiz.practice.outcome import Outcome

KIND = Kind.CHOICE
LINES = False
INVITATION = "Type the number of your choice. Enter alone shows the answer."


def options(item: Item, random: Random) -> tuple[str, ...]:
    """All options in an order drawn from `random`."""
    shuffled = [*item.answers[:1], *item.distractors]
    random.shuffle(shuffled)
    return tuple(shuffled)


def complaint(typed: str, options: tuple[str, ...]) -> str:
    if typed.isdecimal() and 1 <= int(typed) <= len(options):
        return ""
    return f"Type a number from 1 to {len(options)}."


def judge(item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:  # noqa: ARG001
    """Right is rated good: one choice in four is luck, so it is never easy by itself."""
    chosen = options[int(typed) - 1]
    right = chosen == item.answers[0]
    return Outcome(chosen, 1.0 if right else 0.0, Rating.GOOD if right else Rating.AGAIN)
