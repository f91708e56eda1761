"""Command: an AWS CLI command that is graded by what it says, in whatever order it is typed."""

from __future__ import annotations

import re
from random import Random

from quiz.grading.commands.comparing import grade_command
from quiz.grading.commands.parsing import parse, slip
from quiz.items.item import Item, Kind
from quiz.practice.kinds.face import Grading, Listing
from quiz.practice.kinds.ratings import rating_of_faults
from quiz.practice.outcome import Outcome

KIND = Kind.COMMAND
LINES = False
INVITATION = "Type the AWS CLI command; after a backslash it goes on. Enter alone shows the answer."
SOLUTION = "The command"

_CONTINUED = re.compile(r" *\\\n *")


def options(item: Item, random: Random) -> tuple[str, ...]:  # noqa: ARG001 - all kinds have this shape
    return ()


def listings(item: Item, options: tuple[str, ...]) -> tuple[Listing, ...]:  # noqa: ARG001
    return ()


def complaint(item: Item, typed: str, options: tuple[str, ...]) -> str:  # noqa: ARG001
    """A shell would not run what it cannot read, so it is no answer yet."""
    return slip(typed)


def judge(item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:  # noqa: ARG001
    """All right is good, the right operation with one fault is hard, anything else again."""
    found = grade_command(typed, item.answers, grading.operations())
    rating = rating_of_faults(len(found.differences), hopeless=found.score == 0)
    return Outcome(typed, found.score, rating, remarks=found.differences)


def hints(item: Item, options: tuple[str, ...], grading: Grading) -> tuple[str, ...]:  # noqa: ARG001
    """The service, then the operation, then the names of the options."""
    model = parse(item.answers[0])
    steps = (f"It begins with aws {model.service}.", f"It begins with aws {model.service} {model.operation}.")
    names = ", ".join([*model.options, *model.shared])
    return (*steps, f"Its options are {names}.") if names else steps


def solution(item: Item, options: tuple[str, ...]) -> Listing:  # noqa: ARG001
    """The model, its continued lines joined."""
    return Listing.plain(f"`{_CONTINUED.sub(' ', item.answers[0])}`")
